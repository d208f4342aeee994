package org.espalier.spark.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileTest {
    @TempDir
    Path folder;

    private static void write(Path file, int rows, int width) throws IOException {
        var writer = new RowFile.Writer(file, width);
        for (int row = 0; row < rows; row++) {
            writer.add(Rng.of(row).normal(Shape.of(width), 1).toArray(), row % 3);
        }
        writer.close();
    }

    @Test
    void rowsAreReadInAnyOrder() throws Exception {
        var file = folder.resolve("rows");
        write(file, 10, 4);
        assertEquals(10 * 5 * 4, Files.size(file));
        var rows = RowFile.open(file, 4, true);
        assertEquals(10, rows.size());
        var batch = rows.batch(7, 0, 7);
        assertEquals(Shape.of(3, 4), batch.inputs().shape());
        assertArrayEquals(new float[] {1, 0, 1}, batch.targets().toArray());
        assertArrayEquals(Rng.of(0).normal(Shape.of(4), 1).toArray(), batch.inputs().slice(0, 1, 2).toArray());
        assertEquals(Shape.of(2, 1), RowFile.open(file, 4, false).batch(1, 2).targets().shape());
        assertThrows(IndexOutOfBoundsException.class, () -> rows.batch(10));
        assertThrows(FormatException.class, () -> RowFile.open(file, 6, true));
    }

    @Test
    void trainingGivesTheBitsOfSamplesInMemory() throws Exception {
        var file = folder.resolve("rows");
        write(file, 200, 6);
        var mapped = RowFile.open(file, 6, true);
        var all = mapped.all();
        assertEquals(train(Dataset.of(all.inputs(), all.targets())), train(mapped));
    }

    private static StateDict train(Dataset samples) {
        var model = Sequential.of(Linear.of(6, 8), Activation.relu(), Linear.of(8, 3));
        model.initialize(Init.heNormal(), 1);
        Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-2f)).epochs(2).fit(samples);
        return StateDict.of(model);
    }

    /** Trains on a file, in a JVM whose heap is smaller. */
    static final class SmallHeap {
        public static void main(String[] arguments) throws IOException {
            var rows = RowFile.open(Path.of(arguments[0]), 100, true);
            var model = Sequential.of(Linear.of(100, 3));
            Trainer.of(model, Loss.crossEntropy(), Optimizer.sgd(1e-2f)).batchSize(512).epochs(1).fit(rows);
            System.out.println(rows.size() + " rows, at most " + Runtime.getRuntime().maxMemory() + " bytes");
        }
    }

    @Test
    void theFileMayBeLargerThanTheHeap() throws Exception {
        var file = folder.resolve("large");
        var writer = new RowFile.Writer(file, 100);
        float[] row = Rng.of(1).normal(Shape.of(100), 1).toArray();
        for (int i = 0; i < 150_000; i++) {
            row[i % 100] = i % 7;
            writer.add(row, i % 3);
        }
        writer.close();
        var process = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m", "-XX:+UseSerialGC",
                "-Despalier.kernels=scalar", "-cp", System.getProperty("java.class.path"), SmallHeap.class.getName(),
                file.toString())).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.contains("150000 rows, at most "), output);
        assertTrue(Files.size(file) > 32 << 20);
    }
}
