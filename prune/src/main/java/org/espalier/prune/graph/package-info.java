/**
 * Which rows and columns belong to one unit, and how to take units out of a model for good.
 *
 * <p>Start with {@code Shrink.of(model)}: a smaller model with the outputs of the masked one. This package uses
 * {@code org.espalier.nn} and knows nothing of criteria, schedules or the pipeline.
 */
package org.espalier.prune.graph;
