package org.espalier.nn.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.espalier.compressed.ActivationScale;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.Activation;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.Embedding;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Init;
import org.espalier.nn.IntegerLinear;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Mode;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.step.LinearFormat;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Workspace;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceModelTest {
    @TempDir
    private Path directory;

    /** Every supported kind but a batch norm that can be folded. */
    private static Sequential everything() {
        var model = Sequential.of(
                BatchNorm1d.of(11),
                FeatureSelect.of(11, 10, 0, 3, 3, 7, 5, 1),
                Activation.tanh(),
                Linear.of(7, 24),
                Activation.relu(),
                Dropout.of(0.5f),
                Residual.of(Sequential.of(LayerNorm.of(24), Linear.of(24, 33), Activation.gelu(), Linear.of(33, 24))),
                Activation.sigmoid(),
                Concat.of(Sequential.of(), Sequential.of(Linear.of(24, 5), Activation.leakyRelu(0.1f)),
                        Activation.softplus()),
                Linear.of(53, 6),
                Activation.softmax());
        model.initialize(Init.heNormal(), 5);
        model.parameters().get("fc1.weight").assignMask(Mask.of(Shape.of(24, 7), i -> i % 3 == 0));
        var rng = Rng.of(1);
        for (int i = 0; i < 10; i++) {
            model.forward(rng.normal(Shape.of(20, 11), 2).plus(1), Mode.training(rng));
        }
        return model;
    }

    @Test
    void predictionsHaveTheBitsOfTheModel() {
        var model = everything();
        var inference = InferenceModel.of(model);

        for (int rows : new int[] {0, 1, 2, 13, 128, 129, 300}) {
            var x = Rng.of(rows).normal(Shape.of(rows, 11), 2);
            var y = inference.predict(x);
            assertEquals(Shape.of(rows, 6), y.shape());
            assertArrayEquals(model.forward(x).toArray(), y.toArray());
        }
    }

    @Test
    void aRowHasTheSameBitsInEveryBatchAndOnEveryThreadCount() {
        var inference = InferenceModel.of(everything());
        var x = Rng.of(2).normal(Shape.of(517, 11), 2);
        var alone = inference.predict(x).toArray();

        try (var threads = Parallelism.of(3)) {
            assertArrayEquals(alone, threads.call(() -> inference.predict(x)).toArray());
        }
        for (int row : new int[] {0, 1, 127, 128, 300, 516}) {
            assertArrayEquals(
                    Arrays.copyOfRange(alone, row * 6, row * 6 + 6),
                    inference.predict(Arrays.copyOfRange(x.toArray(), row * 11, row * 11 + 11)));
        }
    }

    @Test
    void aSmallBatchOfALargeModelIsSharedOut() {
        var model = Sequential.of(Linear.of(300, 400), Activation.relu(), Linear.of(400, 7));
        model.initialize(Init.heNormal(), 9);
        model.parameters().get("fc1.weight").assignMask(Mask.of(Shape.of(400, 300), i -> i % 3 == 0));
        var callers = ConcurrentHashMap.<Thread>newKeySet();
        for (var format : List.of(LinearFormat.dense(), LinearFormat.csr())) {
            var inference = InferenceModel.of(model, weights -> new NotingStep(format.step(weights), callers));
            for (int rows : new int[] {16, 33, 50, 127}) {
                var x = Rng.of(rows).normal(Shape.of(rows, 300), 1);
                float[] alone = inference.predict(x).toArray();
                callers.clear();
                try (var threads = Parallelism.of(3)) {
                    assertArrayEquals(alone, threads.call(() -> inference.predict(x)).toArray());
                }
                assertEquals(rows == 16 ? 1 : 3, callers.size());
            }
        }
    }

    /** A step that notes which threads run it. */
    private record NotingStep(Step step, Set<Thread> callers) implements Step {
        @Override
        public int in() {
            return step.in();
        }

        @Override
        public int out() {
            return step.out();
        }

        @Override
        public long bytes() {
            return step.bytes();
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            callers.add(Thread.currentThread());
            step.apply(x, xo, rows, y, yo, workspace);
        }
    }

    @Test
    void aRowHasTheSameBitsHoweverManyZerosThereAre() {
        var model = Sequential.of(
                Linear.of(60, 70), Activation.relu(), Linear.of(70, 90), Activation.relu(), Linear.of(90, 5),
                Activation.gelu());
        model.initialize(Init.heNormal(), 7);
        var rng = Rng.of(8);
        float[] x = rng.normal(Shape.of(150, 60), 1).toArray();
        for (int i = 0; i < x.length; i++) {
            // in blocks of rows: nine zeros of ten, half zeros, none
            x[i] = rng.nextFloat() < new float[] {0.9f, 0.5f, 0f}[i / (60 * 20) % 3] ? 0 : x[i];
        }
        var inference = InferenceModel.of(model);
        var batch = Tensor.of(Shape.of(150, 60), x);
        float[] together = inference.predict(batch).toArray();

        assertArrayEquals(model.forward(batch).toArray(), together);
        for (int row = 0; row < 150; row++) {
            assertArrayEquals(
                    Arrays.copyOfRange(together, row * 5, row * 5 + 5),
                    inference.predict(Arrays.copyOfRange(x, row * 60, row * 60 + 60)));
        }
    }

    @Test
    void foldedNormsAgreeWithTheModelUpToRounding() {
        var rng = Rng.of(3);
        var model = Sequential.of(
                Linear.of(20, 30),
                BatchNorm1d.of(30),
                Activation.relu(),
                Linear.of(30, 4),
                Dropout.of(0.3f),
                BatchNorm1d.of(4));
        model.initialize(Init.heNormal(), 4);
        for (int i = 0; i < 50; i++) {
            model.forward(rng.normal(Shape.of(32, 20), 1.5f).plus(0.5f), Mode.training(rng));
        }
        var x = rng.normal(Shape.of(200, 20), 1.5f);

        var inference = InferenceModel.of(model);

        assertEquals("InferenceModel[dense(20 → 30, RELU), dense(30 → 4, NONE)]", inference.toString());
        assertEquals(4 * (20 * 30 + 30 + 30 * 4 + 4), inference.bytes());
        assertArrayEquals(model.forward(x).toArray(), inference.predict(x).toArray(), 2e-5f);
    }

    @Test
    void laterTrainingDoesNotShow() {
        var model = everything();
        var x = Rng.of(4).normal(Shape.of(3, 11), 1);
        var inference = InferenceModel.of(model);
        var before = inference.predict(x).toArray();

        model.parameters().values().forEach(parameter -> parameter.assign(Tensor.zeros(parameter.shape())));

        assertArrayEquals(before, inference.predict(x).toArray());
    }

    @Test
    void classesAreThoseOfTheLargestOutputs() {
        var inference = InferenceModel.of(Sequential.of(
                Linear.of(Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, -1, -1), Tensor.zeros(Shape.of(3)))));

        assertArrayEquals(
                new int[] {0, 1, 2, 0},
                inference.classify(Tensor.of(Shape.of(4, 2), 3, 1, 1, 3, -2, -2, 5, 5)));
        assertEquals(1, inference.classify(1, 3));
        assertThrows(IllegalArgumentException.class, () -> inference.classify(Float.NaN, 0));
    }

    @Test
    void imagesAreRows() {
        var model = Sequential.of(Flatten.of(), Linear.of(6, 2));
        model.initialize(Init.uniform(), 1);
        var x = Rng.of(1).normal(Shape.of(4, 2, 3), 1);

        assertArrayEquals(model.forward(x).toArray(), InferenceModel.of(model).predict(x).toArray());
    }

    @Test
    void savedModelsPredictTheSameBits() throws IOException {
        var rng = Rng.of(6);
        var model = Sequential.of(everything(), Linear.of(6, 3), BatchNorm1d.of(3));
        model.parameters().get("fc1.weight").assign(rng.normal(Shape.of(3, 6), 1));
        var inference = InferenceModel.of(model);
        var path = directory.resolve("model.safetensors");

        inference.save(path);
        var loaded = InferenceModel.load(path);

        var x = rng.normal(Shape.of(50, 11), 1);
        assertArrayEquals(inference.predict(x).toArray(), loaded.predict(x).toArray());
        assertEquals(inference.toString(), loaded.toString());
    }

    @Test
    void manyThreadsShareOneModel() throws InterruptedException, ExecutionException {
        var inference = InferenceModel.of(everything());
        var x = Rng.of(8).normal(Shape.of(5, 11), 1);
        var expected = inference.predict(x).toArray();
        try (var pool = Executors.newFixedThreadPool(4)) {
            var tasks = new ArrayList<Callable<float[]>>();
            for (int i = 0; i < 60; i++) {
                tasks.add(() -> inference.predict(x).toArray());
            }
            for (var result : pool.invokeAll(tasks)) {
                assertArrayEquals(expected, result.get());
            }
        }
    }

    @Test
    void anotherFormatSeesNamesWeightsAndActivations() {
        var seen = new ArrayList<String>();
        var residual = Residual.of(Linear.of(3, 3));
        var model = Sequential.of(Linear.of(2, 3), Activation.relu(), residual, Linear.of(3, 1), Activation.softmax());

        InferenceModel.of(model, weights -> {
            seen.add(weights.name() + weights.weight().shape() + weights.activation().map(Object::toString).orElse(""));
            return LinearFormat.dense().step(weights);
        });

        assertEquals("[fc1[3, 2]RELU, residual1.body[3, 3], fc2[1, 3]]", seen.toString());
    }

    @Test
    void aLayerOfYourOwnIsServedByItsForwardPass() {
        Layer mine = (x, mode) -> x.times(x.sigmoid());
        // x and its square, side by side: as many rows, other widths
        Layer wider = (x, mode) -> Tensor.concat(-1, x, x.square());
        var model = Sequential.of(Linear.of(3, 4), mine, wider, Linear.of(8, 2), mine);
        var x = Rng.of(1).normal(Shape.of(200, 3), 1);

        assertArrayEquals(model.forward(x).toArray(), InferenceModel.of(model).predict(x).toArray());
        var front = Sequential.of(mine, Linear.of(3, 1));
        assertArrayEquals(front.forward(x).toArray(), InferenceModel.of(front).predict(x).toArray());
    }

    @Test
    void whatCannotBeServedIsNamed() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> InferenceModel.of(Sequential.of(Activation.relu())));
        assertTrue(e.getMessage().contains("override in() in the first one"), e.getMessage());
        Layer mean = (x, mode) -> x.mean(0);
        e = assertThrows(ShapeException.class, () -> InferenceModel.of(Sequential.of(Linear.of(2, 3), mean)));
        assertTrue(e.getMessage().contains("it must keep rows along axis 0"), e.getMessage());
        Layer wider = (x, mode) -> Tensor.concat(-1, x, x);
        e = assertThrows(ShapeException.class, () -> InferenceModel.of(Sequential.of(wider, Linear.of(3, 1))));
        assertEquals("inference: fc1 takes rows of 3 but is given 6", e.getMessage());
    }

    @Test
    void tablesAreLookedUp() {
        var model = Sequential.of(Embedding.of(5, 2), Flatten.of(), Linear.of(6, 4));
        var x = Tensor.of(Shape.of(2, 3), 4, 0, 1, 2, 2, 3);

        var inference = InferenceModel.of(model);

        assertEquals(3, inference.in());
        assertArrayEquals(model.forward(x).toArray(), inference.predict(x).toArray());
        assertThrows(ShapeException.class, () -> inference.predict(0, 5, 0));
        assertThrows(ShapeException.class, () -> inference.predict(0, 0.5f, 0));
    }

    @Test
    void integerLayersAreServed() {
        var weight = QuantizedMatrix.of(Rng.of(1).normal(Shape.of(4, 2100), 1));
        var bias = Tensor.vector(1, -2, 3, 0);
        var x = Rng.of(2).normal(Shape.of(130, 2100), 1);
        for (var input : List.of(Optional.<ActivationScale>empty(), Optional.of(ActivationScale.of(-3, 4)))) {
            var model = Sequential.of(IntegerLinear.of(weight, bias, input), Activation.relu());

            assertArrayEquals(model.forward(x).toArray(), InferenceModel.of(model).predict(x).toArray());
        }
    }

    @Test
    void misfitsAreNamed() {
        assertThrows(ShapeException.class, () -> InferenceModel.of(Sequential.of(Linear.of(2, 3), Linear.of(2, 3))));
        assertThrows(ShapeException.class, () -> InferenceModel.of(Residual.of(Linear.of(2, 3))));
        assertThrows(
                ShapeException.class,
                () -> InferenceModel.of(Sequential.of(Linear.of(2, 3), BatchNorm1d.of(4))));
        var inference = InferenceModel.of(Linear.of(2, 3));
        assertThrows(ShapeException.class, () -> inference.predict(Tensor.zeros(Shape.of(2))));
        assertThrows(ShapeException.class, () -> inference.predict(Tensor.zeros(Shape.of(2, 3))));
        assertThrows(ShapeException.class, () -> inference.predict(1, 2, 3));
        assertThrows(ShapeException.class, () -> inference.predict(new float[3], 2, new float[6], new Workspace()));
        assertThrows(ShapeException.class, () -> inference.predict(new float[4], 2, new float[5], new Workspace()));
        assertThrows(ShapeException.class, () -> inference.predict(new float[4], -1, new float[5], new Workspace()));
    }
}
