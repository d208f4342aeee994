package org.espalier.nn.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.Allocated;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparseStepTest {
    private static final int QUIET_CALLS = 5;
    private static final int MOST_CALLS = 20_000;

    private static final Map<String, LinearFormat> FORMATS = Map.of(
            "csr", LinearFormat.csr(),
            "4 × 1", LinearFormat.blocks(4),
            "16 × 1", LinearFormat.blocks(16),
            "permute", LinearFormat.permute(),
            "bitmap", LinearFormat.bitmap());

    /** A net whose weights are random where a random mask keeps them. */
    private static Sequential pruned(long seed, float density) {
        var model = Sequential.of(
                Linear.of(50, 37), Activation.relu(), Linear.of(37, 21), Activation.leakyRelu(0.1f), Linear.of(21, 18),
                Activation.tanh(), Linear.of(18, 10));
        var rng = Rng.of(seed);
        model.parameters().forEach((name, parameter) -> {
            parameter.assign(rng.normal(parameter.shape(), 1));
            if (name.endsWith("weight")) {
                float[] dice = rng.uniform(parameter.shape(), 0, 1).toArray();
                parameter.assignMask(Mask.of(parameter.shape(), i -> dice[i] < density));
            }
        });
        return model;
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, 0.05f, 0.3f, 1f})
    void everyFormatPredictsWhatTheMaskedModelDoes(float density) {
        for (long seed = 1; seed <= 5; seed++) {
            var model = pruned(seed, density);
            var x = Rng.of(seed).normal(Shape.of(150, 50), 1);
            float[] expected = model.forward(x).toArray();
            FORMATS.forEach((name, format) -> assertArrayEquals(expected,
                    InferenceModel.of(model, format).predict(x).toArray(), name));
        }
    }

    @Test
    void aRowHasTheSameBitsAloneAndInABatch() {
        var model = pruned(3, 0.2f);
        var x = Rng.of(9).normal(Shape.of(40, 50), 1);
        FORMATS.forEach((name, format) -> {
            var inference = InferenceModel.of(model, format);
            float[] together = inference.predict(x).toArray();
            for (int row = 0; row < 40; row++) {
                float[] alone = inference.predict(Arrays.copyOfRange(x.toArray(), row * 50, (row + 1) * 50));
                assertArrayEquals(Arrays.copyOfRange(together, row * 10, (row + 1) * 10), alone, name);
            }
        });
    }

    @Test
    void rowsAreTransposedOnlyWhereTheLayoutOfAStepChanges() {
        // wide enough for whole vectors; sparse layers follow each other, a dense one and another
        var model = Sequential.of(
                Linear.of(50, 40), Activation.relu(), Linear.of(40, 24), Activation.tanh(), Linear.of(24, 33),
                Activation.relu(),
                Linear.of(33, 17), Activation.relu(), Linear.of(17, 20));
        var rng = Rng.of(11);
        model.parameters().forEach((name, parameter) -> parameter.assign(rng.normal(parameter.shape(), 1)));
        LinearFormat mixed = weights -> switch (weights.in()) {
            case 24 -> LinearFormat.dense().step(weights);
            case 40 -> LinearFormat.blocks(8).step(weights);
            default -> LinearFormat.csr().step(weights);
        };
        var inference = InferenceModel.of(model, mixed);
        for (int rows : new int[] {1, 2, 3, 15, 16, 17, 100, 150}) {
            var x = rng.normal(Shape.of(rows, 50), 1);
            assertArrayEquals(model.forward(x).toArray(), inference.predict(x).toArray(), rows + " rows");
        }
    }

    @Test
    void onlyWhatIsStoredCountsAsBytes() {
        var weight = Tensor.of(Shape.of(2, 3), 0, 1, 0, 2, 0, 3);
        var step = LinearFormat.csr().step(
                new LinearFormat.Weights("fc1", weight, Tensor.vector(5, 6), Optional.empty()));

        assertEquals(3 * 6 + 3 * 4 + 2 * 4, step.bytes());
        assertEquals("sparse(CsrMatrix[2 × 3, 3 entries], NONE)", step.toString());
    }

    @Test
    void aWarmStepAllocatesNothing() throws ReflectiveOperationException {
        var x = new float[130 * 50];
        var y = new float[130 * 10];
        var workspace = new Workspace();
        for (var format : FORMATS.values()) {
            var inference = InferenceModel.of(pruned(1, 0.2f), format);
            // Exchanging and compiling kernels meanwhile counts here: warm is what allocates nothing again.
            long bytes = Long.MAX_VALUE;
            int quiet = 0;
            for (int call = 0; quiet < QUIET_CALLS && call < MOST_CALLS; call++) {
                bytes = Allocated.by(() -> inference.predict(x, 130, y, workspace));
                quiet = bytes < 1000 ? quiet + 1 : 0;
            }
            assertEquals(QUIET_CALLS, quiet, bytes + " bytes");
        }
    }

    @Test
    void anUnknownHeightIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> LinearFormat.blocks(5));
    }
}
