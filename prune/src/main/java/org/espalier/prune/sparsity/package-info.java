/**
 * Which masks are made: the axes of a pruner besides the criterion.
 *
 * <ul>
 *   <li>{@link org.espalier.prune.sparsity.SparsityPattern}: what is removed together. It divides a weight into
 *       {@link org.espalier.prune.sparsity.Units}, each kept or removed as a whole;
 *   <li>{@link org.espalier.prune.sparsity.Allocation}: how much is removed from each layer;
 *   <li>{@link org.espalier.prune.sparsity.Amount}: how much in the end;
 *   <li>{@link org.espalier.prune.sparsity.SparsitySchedule}: the sparsity after each step.
 * </ul>
 *
 * <p>Counts are exact and ties go by layer and index, so a result does not depend on how it was computed. This package
 * knows units and scores, not criteria; it uses {@code org.espalier.nn} only.
 */
package org.espalier.prune.sparsity;
