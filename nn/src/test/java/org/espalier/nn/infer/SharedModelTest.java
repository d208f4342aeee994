package org.espalier.nn.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.espalier.io.AtomicFile;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 24 threads predict with one model while its file is replaced again and again, and load what they find there.
 * {@code -Despalier.predictions=100000} is that many for each thread.
 */
@Tag("trials")
class SharedModelTest {
    private static final int THREADS = 24;
    private static final int ROWS = 64;
    private static final int INPUTS = 11;
    /** Predictions between two loads. */
    private static final int PER_LOAD = 100;
    private static final float[][] X = rows();

    @TempDir
    private Path folder;

    private static byte[] file(long seed) {
        var model = Sequential.of(
                Linear.of(INPUTS, 40), BatchNorm1d.of(40), Activation.relu(), Linear.of(40, 24), Activation.tanh(),
                Linear.of(24, 3));
        model.initialize(Init.heNormal(), seed);
        var weight = model.parameters().get("fc2.weight");
        weight.assignMask(Mask.of(weight.shape(), i -> i % 10 == 0));
        return ModelFile.of(model).toBytes();
    }

    private static float[][] rows() {
        float[] all = Rng.of(9).normal(Shape.of(ROWS, INPUTS), 1).toArray();
        var rows = new float[ROWS][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(all, i * INPUTS, (i + 1) * INPUTS));
        return rows;
    }

    private static float[][] answers(InferenceModel model) {
        var answers = new float[ROWS][];
        Arrays.setAll(answers, i -> model.predict(X[i]));
        return answers;
    }

    @Test
    void everyPredictionHasTheBitsOfTheOldOrOfTheNewModel() throws Exception {
        var files = List.of(file(1), file(2));
        var expected = new ArrayList<float[][]>();
        for (byte[] file : files) {
            expected.add(answers(InferenceModel.load(file)));
        }
        assertFalse(Arrays.deepEquals(expected.get(0), expected.get(1)));
        Path path = folder.resolve("model.safetensors");
        AtomicFile.write(path, files.get(0));
        var shared = InferenceModel.load(path);
        var done = new AtomicBoolean();

        Trials.of(Promise.SHARED_MODEL, THREADS + " threads").run(trials -> {
            try (var pool = Executors.newFixedThreadPool(THREADS + 1)) {
                var replacing = pool.submit(() -> replace(path, files, done));
                var tasks = new ArrayList<Callable<boolean[]>>();
                for (int thread = 0; thread < THREADS; thread++) {
                    long seed = thread;
                    tasks.add(() -> predict(shared, path, expected, new SplittableRandom(seed), trials));
                }
                try {
                    boolean old = false;
                    boolean fresh = false;
                    for (var seen : pool.invokeAll(tasks)) {
                        old |= seen.get()[0];
                        fresh |= seen.get()[1];
                    }
                    assertTrue(old && fresh, "only one of the two files was ever read");
                } finally {
                    done.set(true);
                }
                replacing.get();
            }
        });
    }

    private static Void replace(Path path, List<byte[]> files, AtomicBoolean done) throws IOException {
        for (int i = 1; !done.get(); i++) {
            AtomicFile.write(path, files.get(i % 2));
        }
        return null;
    }

    /** Half of the predictions by the model that all threads share, half by one that was just loaded. */
    private static boolean[] predict(
            InferenceModel shared, Path path, List<float[][]> expected, SplittableRandom random, Trials trials)
            throws IOException {
        var seen = new boolean[2];
        long count = Promise.SHARED_MODEL.count();
        for (long i = 0; i < count; i += PER_LOAD) {
            var loaded = InferenceModel.load(path);
            float[] first = loaded.predict(X[0]);
            int which = Arrays.equals(first, expected.get(0)[0]) ? 0 : 1;
            seen[which] = true;
            for (int k = 0; k < PER_LOAD; k++) {
                int row = random.nextInt(ROWS);
                boolean old = k % 2 == 0;
                assertArrayEquals(expected.get(old ? 0 : which)[row], (old ? shared : loaded).predict(X[row]));
            }
            trials.add(PER_LOAD);
        }
        return seen;
    }
}
