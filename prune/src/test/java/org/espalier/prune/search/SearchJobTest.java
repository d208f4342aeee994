package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SearchJobTest {
    @Test
    void theNameTellsJobsApart() {
        assertEquals("gradual-lamp-0.95000-27-1000001", new SearchJob("gradual-lamp", 0.95, 27, 1_000_001).name());
    }
}
