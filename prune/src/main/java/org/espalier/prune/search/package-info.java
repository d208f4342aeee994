/**
 * One button for pruning: {@link org.espalier.prune.search.AutoPrune} tries recipes and ends with a statistical test
 * that the pruned model is not worse; {@link org.espalier.prune.search.Preset} gives a recipe without a search.
 *
 * <p>To add a recipe to the search: one more {@link org.espalier.prune.search.Candidate} in its portfolio.
 */
package org.espalier.prune.search;
