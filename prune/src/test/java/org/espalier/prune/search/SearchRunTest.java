package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SearchRunTest {
    @Test
    void aFailureSaysWhichJobAndWhy() {
        var run = SearchRun.failed(new SearchJob("steps", 0.5, 9, 2), "out of memory");
        assertEquals(Optional.of("out of memory"), run.outcome().problem());
        assertEquals("steps", run.outcome().candidate());
        assertEquals(2, run.outcome().seed());
        assertTrue(Double.isNaN(run.outcome().drop()));
        assertTrue(run.file().isEmpty());
    }
}
