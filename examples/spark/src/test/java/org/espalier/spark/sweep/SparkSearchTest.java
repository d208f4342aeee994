package org.espalier.spark.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.espalier.nn.StateDict;
import org.espalier.prune.search.SearchJob;
import org.espalier.spark.TestSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkSearchTest {
    private final SparkSession spark = TestSession.local();

    @Test
    void theSearchIsThatOfOneMachine(@TempDir Path directory) throws Exception {
        var local = SweepProblem.search().run();
        var there = SweepProblem.search().resumeFrom(directory).runsOn(SparkSearch.of(spark, SweepProblem::search))
                .run();
        assertEquals(local.report(), there.report());
        assertEquals(StateDict.of(local.file().model()), StateDict.of(there.file().model()));
        var again = SweepProblem.search().resumeFrom(directory).runsOn(jobs -> {
            throw new AssertionError("nothing is left to do");
        }).run();
        assertEquals(local.report(), again.report());
    }

    @Test
    void aJobThatFailsIsAnOutcomeWithAProblem() {
        var place = SparkSearch.of(spark, SweepProblem::search);
        var jobs = java.util.List.of(new SearchJob("steps", 0.5, 1, 1), new SearchJob("poison", 0.5, 1, 1));
        var runs = place.run(jobs);
        assertTrue(runs.get(0).file().isPresent());
        assertEquals("the search has no candidate \"poison\"", runs.get(1).outcome().problem().orElseThrow());
    }
}
