package org.espalier.nn.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Embedding;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Residual;
import org.espalier.nn.Scale;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SampleShapeTest {
    @Test
    void layersBeforeAFlattenWorkOnTheVectorsOfASample() {
        var model = Sequential.of(
                Linear.of(3, 4), Activation.relu(),
                Scale.of(Tensor.vector(1, -2, 3, 0.5f), Tensor.vector(0, 1, -1, 2)), Flatten.of(),
                Linear.of(8, 5), Activation.tanh(), Linear.of(5, 2));
        model.initialize(Init.uniform(), 1);
        var x = Rng.of(1).normal(Shape.of(130, 2, 3), 1);

        var inference = InferenceModel.of(model);

        assertEquals(6, inference.in());
        assertArrayEquals(model.forward(x).toArray(), inference.predict(x).toArray());
        assertArrayEquals(model.forward(x.slice(0, 7, 8)).toArray(),
                inference.predict(x.slice(0, 7, 8).toArray()));
        var e = assertThrows(ShapeException.class, () -> inference.predict(Tensor.zeros(Shape.of(4, 3, 3))));
        assertEquals("inference: needs [rows, 6], not [4, 3, 3]", e.getMessage());
        var vectors = InferenceModel.of(Sequential.of(Linear.of(3, 4), Activation.relu()));
        e = assertThrows(ShapeException.class, () -> vectors.predict(x));
        assertEquals("inference: needs [rows, 3], not [130, 2, 3]; reshape it to rows", e.getMessage());
    }

    static Stream<Sequential> modelsOfTwoVectors() {
        Layer twice = (x, mode) -> Tensor.concat(-1, x, x);
        return Stream.of(
                Sequential.of(Linear.of(3, 4), twice, Flatten.of(), Activation.relu(), Linear.of(16, 2)),
                Sequential.of(
                        Sequential.of(Residual.of(Linear.of(3, 3)), Flatten.of()), Sequential.of(Linear.of(6, 2))),
                Sequential.of(FeatureSelect.of(3, 2, 0), Concat.of(Linear.of(2, 1), Linear.of(2, 4)), Flatten.of(),
                        twice, Linear.of(20, 1)));
    }

    @ParameterizedTest
    @MethodSource("modelsOfTwoVectors")
    void theFirstLayerAfterAFlattenSaysHowManyVectorsThereAre(Sequential model) {
        var x = Rng.of(1).normal(Shape.of(20, 2, 3), 1);

        var inference = InferenceModel.of(model);

        assertEquals(6, inference.in());
        assertArrayEquals(model.forward(x).toArray(), inference.predict(x).toArray());
    }

    @Test
    void whatNoSampleFitsIsRefused() {
        // 9 is no multiple of 4; batch norm takes no samples of several vectors
        var e = assertThrows(ShapeException.class,
                () -> InferenceModel.of(Sequential.of(Linear.of(3, 4), Flatten.of(), Linear.of(9, 2))));
        assertEquals("inference: fc2 takes rows of 9 but is given 4", e.getMessage());
        e = assertThrows(ShapeException.class,
                () -> InferenceModel.of(Sequential.of(BatchNorm1d.of(3), Flatten.of(), Linear.of(6, 2))));
        assertEquals("inference: bn1, a batch norm, needs rows without more axes", e.getMessage());
        e = assertThrows(ShapeException.class, () -> InferenceModel.of(
                Sequential.of(Linear.of(3, 4), Flatten.of(), Linear.of(8, 2), Linear.of(6, 2))));
        assertEquals("inference: fc3 takes rows of 6 but is given 2", e.getMessage());
    }

    @Test
    void indicesOfATableAreNumbersOfTheSample() {
        var model = Sequential.of(
                FeatureSelect.of(4, 3, 0, 1), Embedding.of(5, 2), Linear.of(2, 4), Flatten.of(), Linear.of(12, 2));
        var x = Tensor.of(Shape.of(2, 4), 4, 0, 1, 2, 2, 3, 0, 1);

        var inference = InferenceModel.of(model);

        assertEquals(4, inference.in());
        assertArrayEquals(model.forward(x).toArray(), inference.predict(x).toArray());
    }

    @Test
    void aModelThatTellsNoWidthIsRefused() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> SampleShape.of(Sequential.of(Activation.relu())));
        assertTrue(e.getMessage().contains("override in() in the first one"), e.getMessage());
        assertArrayEquals(new int[] {3}, SampleShape.of(Linear.of(3, 4)));
        assertArrayEquals(new int[] {2, 3},
                SampleShape.of(Sequential.of(Activation.relu(), Linear.of(3, 4), Flatten.of(), Linear.of(8, 1))));
    }
}
