/**
 * When: how the sparsity grows over the steps of a stage.
 *
 * <p>A {@link org.espalier.prune.sparsity.SparsitySchedule} says what share is removed after each step; an
 * {@link org.espalier.prune.sparsity.Amount} says how much in the end, and of what. To add a schedule: one record here
 * and its lines in {@link org.espalier.prune.sparsity.Schedules}. Uses nothing of the other packages.
 */
package org.espalier.prune.sparsity;
