package org.espalier.nn.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.Packing;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Mode;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packed weights of a file, executed as they are. */
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
        assertEquals(
                "InferenceModel[dense(50 → 40, NONE), sparse(AdaptiveMatrix[7 × 40, 26 entries], NONE)]",
                model.toString());
    }
}
