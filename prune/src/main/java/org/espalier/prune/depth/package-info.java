/**
 * Depth: removing whole residual blocks.
 *
 * <p>A {@link org.espalier.prune.depth.BlockCriterion} scores the blocks; to add one: a record here, and its line in
 * the sealed interface and in {@link org.espalier.prune.depth.BlockCriteria}. A removed block is one whose parameters
 * are masked; {@link org.espalier.prune.graph.Shrink} takes it out. Stages are not known here.
 */
package org.espalier.prune.depth;
