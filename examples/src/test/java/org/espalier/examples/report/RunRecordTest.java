package org.espalier.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
    @Test
    void everythingComesBackFromTheFile(@TempDir Path folder) throws IOException {
        var record = SmallRun.record();
        var file = folder.resolve("new/run.json");

        record.write(file);

        assertEquals(record, RunRecord.read(file));
    }

    @Test
    void aFileOfAnotherKindIsRefusedWithARemedy(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("report.json"), "{\"seed\": 1}");

        var e = assertThrows(FormatException.class, () -> RunRecord.read(file));

        assertTrue(e.getMessage().contains("report.json") && e.getMessage().contains("write one"), e.getMessage());
    }

    @Test
    void aLaterVersionIsRefused() {
        var json = Json.object().with("version", 2);

        assertThrows(FormatException.class, () -> RunRecord.fromJson(json, "run.json"));
    }
}
