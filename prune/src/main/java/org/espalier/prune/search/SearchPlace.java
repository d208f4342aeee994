package org.espalier.prune.search;

import java.util.List;

/** Where the runs of a search happen: on a cluster, for example. See {@link AutoPrune#runsOn}. */
public interface SearchPlace {
    /**
     * Does jobs, in any order.
     *
     * @return what came of them, in the order of the jobs
     */
    List<SearchRun> run(List<SearchJob> jobs);
}
