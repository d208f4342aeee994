package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SearchWorkerTest {
    @Test
    void aJobGivesTheSameBytesEachTime() {
        var job = new SearchJob("gradual", 0.8, 3, 7);
        try (var worker = AutoPruneTest.search().worker(); var other = AutoPruneTest.search().worker()) {
            var run = worker.run(job);
            worker.run(new SearchJob("steps", 0.5, 1, 7));
            assertEquals(run.outcome(), worker.run(job).outcome());
            assertArrayEquals(run.file().orElseThrow(), other.run(job).file().orElseThrow());
        }
    }

    @Test
    void theSearchMustHaveTheCandidate() {
        try (var worker = AutoPruneTest.search().worker()) {
            assertThrows(IllegalArgumentException.class, () -> worker.run(new SearchJob("other", 0.5, 1, 1)));
        }
    }
}
