package org.espalier.spark.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.espalier.examples.records.RecordRow;
import org.espalier.spark.TestSession;
import org.junit.jupiter.api.Test;

class RecordSweepTest {
    @Test
    void rowsAreThoseOfOneMachine() throws Exception {
        var jobs = List.of(
                new RecordSweep.Job("keep-2", 1, 300, 1), new RecordSweep.Job("keep-3", 1, 300, 1),
                new RecordSweep.Job("keep-2", 2, 300, 1));
        var result = RecordSweep.of(TestSession.local()).run(jobs);
        assertEquals(List.of(RecordRow.run("keep-2", 1, 300, 1), RecordRow.run("keep-2", 2, 300, 1)), result.results());
        assertEquals("there is no row \"keep-3\"", result.failed().getFirst().problem());
    }
}
