package org.espalier.prune.search;

import java.util.Optional;

/**
 * What came of a {@link SearchJob}.
 *
 * @param outcome how good and how small it is, or why there is none
 * @param file the bytes of the file of the pruned model, if there is one
 */
public record SearchRun(Outcome outcome, Optional<byte[]> file) {
    /** A job that came to nothing, for this reason. */
    public static SearchRun failed(SearchJob job, String problem) {
        var outcome = new Outcome(job.candidate(), job.sparsity(), job.epochs(), job.seed(), Double.NaN, Double.NaN,
                Double.NaN, Double.NaN, 0, Optional.of(problem));
        return new SearchRun(outcome, Optional.empty());
    }
}
