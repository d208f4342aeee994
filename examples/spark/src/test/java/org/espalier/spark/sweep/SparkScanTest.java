package org.espalier.spark.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.espalier.spark.TestSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkScanTest {
    private final SparkSession spark = TestSession.local();

    @Test
    void theScanIsThatOfOneMachine(@TempDir Path directory) throws Exception {
        var local = SweepProblem.scan().run();
        var scan = SparkScan.of(spark, SweepProblem::scan).resumeFrom(directory);
        assertEquals(local, scan.run());
        try (var files = Files.list(directory)) {
            assertEquals(4, files.count(), "two criteria, two layers");
        }
        assertEquals(local, scan.run());
    }

    @Test
    void aPartThatFailsIsNamed() {
        var e = assertThrows(IllegalStateException.class, () -> SparkScan.of(spark, () -> {
            if (org.apache.spark.TaskContext.get() != null) {
                throw new IllegalStateException("no samples here");
            }
            return SweepProblem.scan();
        }).run());
        assertTrue(e.getMessage().startsWith("4 configurations: 0 done now, 0 before, 4 failed"), e.getMessage());
        assertTrue(e.getMessage().contains("layer=fc1]: no samples here"), e.getMessage());
    }
}
