package org.espalier.spark.sweep;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RecordJson;
import org.espalier.prune.search.AutoPrune;
import org.espalier.prune.search.Outcome;
import org.espalier.prune.search.SearchJob;
import org.espalier.prune.search.SearchPlace;
import org.espalier.prune.search.SearchRun;
import org.espalier.prune.search.SearchWorker;
import org.espalier.spark.JvmCache;

/**
 * Has the runs of {@link AutoPrune} made by Spark, a job for each; rounds, choices and the test stay on the driver.
 *
 * <pre>{@code
 * SparkSearch.Source source = () -> AutoPrune.of(model(), Loss.crossEntropy(), train(), validation());
 * AutoPrune.Result result = SparkSearch.run(spark, source);
 * }</pre>
 *
 * <p>The result is that of the search on one machine, to the bit. A run that fails as often as Spark tries it is
 * reported as a candidate that came to nothing. Search with {@link AutoPrune#resumeFrom} to go on after the driver was
 * stopped.
 */
public final class SparkSearch implements SearchPlace {
    private static final JvmCache<SearchWorker> WORKERS = new JvmCache<>(4);

    private final SparkSession spark;
    private final Source source;
    private final String id = UUID.randomUUID().toString();

    private SparkSearch(SparkSession spark, Source source) {
        this.spark = spark;
        this.source = source;
    }

    /**
     * Makes the search, on the driver and in each executor JVM: loads model and samples from where all of them find
     * it, or carries them as bytes.
     */
    public interface Source extends Serializable {
        /** The search, always the same. */
        AutoPrune search() throws Exception;
    }

    /** A place for the runs of a search. */
    public static SparkSearch of(SparkSession spark, Source source) {
        return new SparkSearch(spark, source);
    }

    /**
     * Searches and tests.
     *
     * @throws Exception what the source or {@link AutoPrune#run} throws
     */
    public static AutoPrune.Result run(SparkSession spark, Source source) throws Exception {
        return source.search().runsOn(of(spark, source)).run();
    }

    @Override
    public List<SearchRun> run(List<SearchJob> jobs) {
        var runs = new SearchRun[jobs.size()];
        // Locals: a task must not carry this object, which holds the session.
        var from = source;
        var key = id;
        SeparateJobs.run(spark, jobs, job -> Sent.of(WORKERS.get(key, () -> from.search().worker()).run(job)),
                (item, attempt) -> runs[item] = attempt.result()
                        .map(Sent::run)
                        .orElseGet(() -> SearchRun.failed(jobs.get(item), attempt.problem())));
        return Arrays.asList(runs);
    }

    /**
     * A run on its way to the driver.
     *
     * @param outcome as JSON
     * @param file the bytes of the file; empty if there is none
     */
    private record Sent(String outcome, byte[] file) implements Serializable {
        static Sent of(SearchRun run) {
            return new Sent(RecordJson.write(run.outcome()).compact(), run.file().orElse(new byte[0]));
        }

        SearchRun run() {
            try {
                var read = RecordJson.read(Outcome.class, (Json.Obj) Json.parse(outcome), "outcome of a run");
                return new SearchRun(read, file.length == 0 ? Optional.empty() : Optional.of(file));
            } catch (FormatException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
