/**
 * Pipelines: stages of pruning and quantization one after the other, each followed by retraining and measured.
 *
 * <p>A {@link org.espalier.prune.pipeline.Pipeline} runs {@linkplain org.espalier.prune.pipeline.Stage stages}, which
 * are data, and returns a {@link org.espalier.prune.pipeline.PruningReport}. A
 * {@link org.espalier.prune.pipeline.Recipe} is a list of stages as text; an
 * {@link org.espalier.prune.pipeline.Artifact} is the model file that results. This is the top of the module: it may
 * use every other package.
 */
package org.espalier.prune.pipeline;
