package org.espalier.examples.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordRowTest {
    @Test
    void aRowIsThatOfTheTable(@TempDir Path folder) throws Exception {
        assertEquals(0, Records.commandLine().execute(
                "--images", "300", "--epochs", "1", "--seeds", "1", "--threads", "1", "--rows", "keep-1.5|bytes-8.56k",
                "--runs", folder.resolve("runs").toString(), "--out", folder.toString()));
        for (var name : new String[] {"keep-1.5", "bytes-8.56k"}) {
            var file = folder.resolve("runs").resolve(name + "-1.json");
            var run = RowRun.fromJson(Files.readString(file), file.toString());
            assertEquals(withoutTime(run), RecordRow.run(name, 1, 300, 1));
        }
    }

    private static RowRun withoutTime(RowRun run) {
        return new RowRun(run.row(), run.seed(), run.weights(), run.flops(), run.bytes(), run.inputs(), run.shape(),
                run.wrong(), run.images(), run.sha256(), OptionalDouble.empty());
    }

    @Test
    void theRowMustBeThere() {
        assertThrows(IllegalArgumentException.class, () -> RecordRow.run("keep-3", 1, 100, 1));
    }
}
