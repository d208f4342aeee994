package org.espalier.prune.search;

import java.util.Optional;

/**
 * One run of the search.
 *
 * @param candidate the name of what was tried
 * @param sparsity how much it was to remove
 * @param epochs how long it was trained in all
 * @param seed of the run
 * @param dense the metric of the dense model on the validation samples
 * @param pruned that of the pruned one
 * @param drop how much worse it is; negative if it is better
 * @param size what the pruned model costs, in units of the objective
 * @param weights weights kept
 * @param problem why nothing came of it: the candidate cannot be applied to the model, or training diverged
 */
public record Outcome(
        String candidate, double sparsity, int epochs, long seed, double dense, double pruned, double drop, double size,
        int weights, Optional<String> problem) {}
