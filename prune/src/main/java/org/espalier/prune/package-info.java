/**
 * Pruning in stages.
 *
 * <p>A {@link org.espalier.prune.Pruner} combines four independent choices: which weights matter (criterion), what is
 * removed together (pattern), how much from where (allocation), and when (schedule).
 * {@link org.espalier.prune.Unstructured} and {@link org.espalier.prune.Structured} make the usual ones. A
 * {@link org.espalier.prune.pipeline.Pipeline} runs stages one after the other, each followed by retraining, and returns a
 * {@link org.espalier.prune.pipeline.PruningReport}. This is the top of the module: it may use every other package, and none
 * may use it.
 */
package org.espalier.prune;
