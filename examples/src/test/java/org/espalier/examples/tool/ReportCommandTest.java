package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.examples.report.SmallRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
    @Test
    void makesAPageOfARecordAndReplacesNoneUnasked(@TempDir Path folder) throws IOException {
        var run = folder.resolve("run.json");
        SmallRun.record().write(run);

        assertEquals(0, Espalier.run("report", run.toString()));
        assertTrue(Files.readString(folder.resolve("run.html")).contains("id=\"accuracy\""));
        assertEquals(1, Espalier.run("report", run.toString()));
        assertEquals(0, Espalier.run("report", run.toString(), "--force"));
    }
}
