package org.espalier.nn.step;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.PackedWeight;
import org.espalier.compressed.Packing;
import org.espalier.io.FormatException;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.LeakyRelu;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Mode;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights of packed files, computed with in a sparse format. */
class PackedFormatTest {
    private static final Packing GAPS = new Packing(Layout.GAPS, Encoding.intPerRow(8));

    @TempDir
    private Path directory;

    private static ModelFile packed(Sequential model, Packing packing) {
        model.initialize(Init.heNormal(), 11);
        model.forward(Rng.of(1).normal(Shape.of(9, 50), 1), Mode.training(Rng.of(2)));
        model.parameters().values().stream()
                .filter(parameter -> parameter.shape().rank() == 2)
                .forEach(weight -> weight.assignMask(Mask.of(weight.shape(), i -> i * 7 % 11 == 0)));
        return ModelFile.of(model).packed(packing, Packing.NONE);
    }

    @Test
    void predictionsHaveTheBitsOfTheDenseModelOfTheSameValues() throws IOException {
        for (var encoding : new Encoding[] {Encoding.intPerRow(8), Encoding.codebook(4), Encoding.float32()}) {
            var file = packed(
                    Sequential.of(Linear.of(50, 40), Activation.relu(), Linear.of(40, 20), Activation.tanh(),
                            Linear.of(20, 7)),
                    new Packing(Layout.GAPS, encoding));
            var path = directory.resolve("packed.safetensors");
            file.write(path);

            var model = InferenceModel.load(path);
            var dense = InferenceModel.of(file.model());

            var x = Rng.of(3).normal(Shape.of(300, 50), 1);
            assertArrayEquals(dense.predict(x).toArray(), model.predict(x).toArray());
            assertArrayEquals(dense.predict(x).toArray(), file.model().forward(x).toArray());
            var row = x.slice(0, 5, 6).toArray();
            assertArrayEquals(dense.predict(row), model.predict(row));
            assertTrue(model.bytes() < dense.bytes() / 2, model + " takes " + model.bytes());
        }
    }

    @Test
    void weightsThatABatchNormWasJoinedToAreDense() throws IOException {
        var file = packed(Sequential.of(Linear.of(50, 40), BatchNorm1d.of(40), Linear.of(40, 7)), GAPS);

        var model = InferenceModel.of(file);

        var x = Rng.of(3).normal(Shape.of(5, 50), 1);
        assertArrayEquals(InferenceModel.of(file.model()).predict(x).toArray(), model.predict(x).toArray());
        assertTrue(model.toString().startsWith("InferenceModel[dense(50 → 40, NONE), sparse("), model::toString);
        assertTrue(model.toString().endsWith(" up to 1 row, sparse(CsrMatrix[7 × 40, 26 entries], NONE)]"),
                model::toString);
    }

    private static LinearFormat.Weights weights(Tensor weight, Optional<Pointwise> activation) {
        return new LinearFormat.Weights("fc1", weight, Rng.of(5).normal(Shape.of(weight.dim(0)), 1), activation);
    }

    /** The step of a weight whose file keeps every {@code nth} element of it. */
    private static Step step(String packing, int nth, Optional<Pointwise> activation) throws FormatException {
        var values = Rng.of(6).normal(Shape.of(70, 130), 1).toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = i % nth == 0 ? values[i] : 0;
        }
        var packed = PackedWeight.of(
                Packing.parse(packing), Tensor.of(Shape.of(70, 130), values), i -> i % nth == 0);
        return LinearFormat.packed(Map.of("fc1.weight", packed)).step(weights(packed.toTensor(), activation));
    }

    static Stream<Optional<Pointwise>> activations() {
        return Stream.of(Optional.empty(), Optional.of(Pointwise.relu()), Optional.of(new LeakyRelu(0.1f)));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void singleRowsAndBatchesHaveTheBitsOfCompressedRows(Optional<Pointwise> activation) throws FormatException {
        var step = step("gaps f32", 21, activation);
        var weight = Rng.of(6).normal(Shape.of(70, 130), 1).toArray();
        for (int i = 0; i < weight.length; i++) {
            weight[i] = i % 21 == 0 ? weight[i] : 0;
        }
        var csr = Format.CSR.step(weights(Tensor.of(Shape.of(70, 130), weight), activation));

        assertTrue(step.bytes() > csr.bytes());
        for (int rows : new int[] {1, 2, 3, 40}) {
            float[] x = Rng.of(rows).normal(Shape.of(rows, 130), 1).toArray();
            var expected = new float[rows * 70];
            csr.apply(x, 0, rows, expected, 0, new Workspace());
            var y = new float[rows * 70];
            step.apply(x, 0, rows, y, 0, new Workspace());
            assertArrayEquals(expected, y);
            assertEquals(csr.prefersFeatureMajor(rows), step.prefersFeatureMajor(rows));
        }
    }

    @Test
    void weightsThatTheFileHoldsInFullOrMostlyAreDense() throws FormatException {
        assertEquals("dense(130 → 70, NONE)", step("all int8", 21, Optional.empty()).toString());
        assertEquals("dense(130 → 70, NONE)", step("gaps int8", 1, Optional.empty()).toString());
        assertTrue(step("bitmap f32", 21, Optional.empty()).toString().startsWith("sparse("));
        // every second weight is kept: dense products are faster
        assertEquals("dense(130 → 70, NONE)", step("gaps f32", 2, Optional.empty()).toString());
    }
}
