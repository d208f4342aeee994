package org.espalier.prune.search;

import java.io.IOException;
import org.espalier.nn.model.ModelFile;

/**
 * Does single runs of a search, on a machine other than that of the search. It keeps the dense models that it has
 * trained, for all threads that share it.
 */
public final class SearchWorker implements AutoCloseable {
    private final SearchSettings settings;
    private final Runs runs;

    SearchWorker(SearchSettings settings) throws IOException {
        this.settings = settings;
        this.runs = new Runs(settings);
    }

    /**
     * Does one run.
     *
     * @throws IllegalArgumentException if the search has no candidate of that name
     */
    public SearchRun run(SearchJob job) {
        var run = Run.of(settings, job, runs.dense(job.seed()));
        return new SearchRun(run.outcome(), run.file().map(ModelFile::toBytes));
    }

    /** Forgets its models. */
    @Override
    public void close() {
        runs.close();
    }
}
