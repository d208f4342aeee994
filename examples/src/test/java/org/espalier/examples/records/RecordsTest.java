package org.espalier.examples.records;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.espalier.io.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordsTest {
    private static void run(Path folder, String rows, String... more) {
        var arguments = new ArrayList<>(List.of("--images", "500", "--epochs", "1", "--seeds", "1", "--threads", "1",
                "--rows", rows, "--runs", folder.resolve("runs").toString(), "--out", folder.toString()));
        arguments.addAll(List.of(more));
        assertEquals(0, Records.commandLine().execute(arguments.toArray(String[]::new)));
    }

    @Test
    void everyRowKeepsItsLimitAndIsDoneOnce(@TempDir Path folder) throws Exception {
        run(folder, "dense$|keep-2|bytes-8");
        var first = Files.readString(folder.resolve("records.json"));
        run(folder, "keep-2");

        assertEquals(first, Files.readString(folder.resolve("records.json")));
        var json = (Json.Obj) Json.parse(first);
        for (var line : json.items("rows")) {
            var row = (Json.Obj) line;
            var run = (Json.Obj) row.items("runs").getFirst();
            var unit = row.string("unit").toLowerCase(Locale.ROOT);
            assertTrue(run.integer(unit) <= row.integer("limit"), row.string("row") + ": " + run.integer(unit));
            var file = folder.resolve("runs").resolve(row.string("row") + "-1.safetensors");
            var digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            assertEquals(HexFormat.of().formatHex(digest), run.string("sha256"));
        }
        // bytes-8.56k starts from keep-1.5, which is made too
        assertEquals(4, json.items("rows").size());
        assertTrue(Files.size(folder.resolve("records.png")) > 0);
        assertTrue(Files.readString(folder.resolve("records.md")).contains("| 2.0 % of the weights | 1.99 |"));
    }

    @Test
    void ablationsStandBesideTheRowTheyChange(@TempDir Path folder) throws Exception {
        run(folder, "keep-2");
        run(folder, "half|no-smoothing", "--ablations");
        var text = Files.readString(folder.resolve("records.md"));

        assertTrue(text.contains("| 2.0 % of the weights | 1.99 |"), text);
        // One epoch is half of one and of thirty alike here, so nothing differs.
        assertTrue(text.lines().anyMatch(line -> line.startsWith("| half the epochs |") && line.endsWith("| 0.000 |")));
        assertTrue(text.lines().anyMatch(line -> line.startsWith("| no label smoothing |")));
    }

    @Test
    void structuredRowsKeepTheirLimit(@TempDir Path folder) throws Exception {
        run(folder, "dense-kernels|structured-sparse");
        var json = (Json.Obj) Json.parse(Files.readString(folder.resolve("records.json")));
        for (var line : json.items("rows")) {
            var row = (Json.Obj) line;
            var run = (Json.Obj) row.items("runs").getFirst();
            assertTrue(run.integer("flops") <= row.integer("limit"), row.string("row"));
            assertTrue(run.integer("inputs") < 784);
        }
        try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
            assertEquals(5, files.count());
        }
    }
}
