/**
 * Which weights matter: one file for each criterion, giving raw scores and nothing else.
 *
 * <p>A {@link org.espalier.prune.criterion.Criterion} reads a {@link org.espalier.prune.criterion.ScoringContext} and
 * answers with {@link org.espalier.prune.criterion.Scores} for each target weight; higher is more important. To add a
 * criterion: one class here with its published formula, its factory in {@code Criterion}, and
 * a hand-worked test. Criteria know nothing of grouping, amounts or schedules.
 */
package org.espalier.prune.criterion;
