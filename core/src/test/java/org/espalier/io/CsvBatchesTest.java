package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvBatchesTest {

    private static final CsvOptions OPTIONS = CsvOptions.standard().withDetectedCategories();

    @TempDir
    private Path directory;

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("table.csv"), text);
    }

    @Test
    void allBatchesTogetherAreTheTable() throws IOException {
        var text = new StringBuilder("x,w\n");
        for (int row = 0; row < 1_000; row++) {
            text.append(row / 8f).append(row % 7 == 0 ? ",\"a,\"\"b\"\"\"\r\n" : row > 900 ? ",late\n" : ",c\n");
        }
        Path path = file(text.toString());
        CsvTable whole = Csv.read(path, OPTIONS);
        for (int rows : new int[] {1, 7, 250, 999, 1_000, 5_000}) {
            var values = new ArrayList<Float>();
            try (var batches = Csv.batches(path, OPTIONS, rows)) {
                assertEquals(whole.columns(), batches.columns());
                while (batches.hasNext()) {
                    CsvTable batch = batches.next();
                    assertEquals(whole.columns(), batch.columns());
                    assertEquals(Math.min(rows, 1_000 - values.size() / 2), batch.rows());
                    for (float value : batch.values().toArray()) {
                        values.add(value);
                    }
                }
                assertThrows(NoSuchElementException.class, batches::next);
            }
            float[] all = whole.values().toArray();
            assertEquals(all.length, values.size());
            for (int i = 0; i < all.length; i++) {
                assertEquals(all[i], values.get(i));
            }
        }
    }

    @Test
    void aFileLargerThanTheMemoryForItIsRead() throws IOException {
        Path path = file("x,w\n" + "0.125,word\n".repeat(400_000));
        Csv.batches(path, OPTIONS, 10).close();
        long allocated = Allocation.of(() -> {
            double sum = 0;
            try (var batches = Csv.batches(path, OPTIONS, 100)) {
                // 100 rows: the figure below holds for any number of them
                for (int i = 0; i < 100; i++) {
                    for (float value : batches.next().column("x")) {
                        sum += value;
                    }
                }
            }
            return sum;
        });
        assertTrue(allocated < 1 << 20, allocated + " bytes for a file of " + Files.size(path));
    }

    @Test
    void knownLevelsNeedNoPassBefore() throws IOException {
        Path path = file("w\nb\na\nz\n");
        var options = CsvOptions.standard().withCategory("w", List.of("a", "b"));
        try (var batches = Csv.batches(path, options, 2)) {
            assertArrayEquals(new int[] {1, 0}, batches.next().codes("w"));
            var refusal = assertThrows(FormatException.class, batches::next);
            String complaint = "row 4, column \"w\": the word \"z\" is not among the levels a, b";
            assertTrue(refusal.getMessage().endsWith(complaint), refusal.getMessage());
        }
    }

    @Test
    void aTableWithoutRowsHasNoBatch() throws IOException {
        try (var batches = Csv.batches(file("x\n\n"), OPTIONS, 2)) {
            assertFalse(batches.hasNext());
        }
        assertThrows(IllegalArgumentException.class, () -> Csv.batches(directory.resolve("table.csv"), OPTIONS, 0));
    }
}
