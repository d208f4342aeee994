/**
 * Scores of models on samples, and statistics to compare two models.
 *
 * <p>Start with {@link org.espalier.nn.metrics.Metric}: its static methods make every metric of the library;
 * {@link org.espalier.nn.metrics.ConfusionMatrix} counts which class is taken for which. A
 * {@link org.espalier.nn.metrics.Measure} is a metric with its samples, as pruning watches it. Whether a pruned model
 * is as good as the dense one: {@link org.espalier.nn.metrics.Trials} over several seeds, compared with intervals and
 * exact tests in {@link org.espalier.nn.metrics.Comparison}. To add a metric: one record with a tally. This package
 * uses {@code org.espalier.nn}, its losses and its data, never optimizers or the trainer.
 */
package org.espalier.nn.metrics;
