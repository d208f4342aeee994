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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.espalier.kernel.Kernels;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.Embedding;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Gelu;
import org.espalier.nn.Init;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.LeakyRelu;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Mode;
import org.espalier.nn.Relu;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Softmax;
import org.espalier.nn.Softplus;
import org.espalier.nn.Tanh;
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
                Tanh.INSTANCE,
                Linear.of(7, 24),
                Relu.INSTANCE,
                Dropout.of(0.5f),
                Residual.of(Sequential.of(LayerNorm.of(24), Linear.of(24, 33), Gelu.INSTANCE, Linear.of(33, 24))),
                Sigmoid.INSTANCE,
                Concat.of(Sequential.of(), Sequential.of(Linear.of(24, 5), new LeakyRelu(0.1f)), Softplus.INSTANCE),
                Linear.of(53, 6),
                Softmax.INSTANCE);
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
        var model = Sequential.of(Linear.of(300, 400), Relu.INSTANCE, Linear.of(400, 7));
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
                Linear.of(60, 70), Relu.INSTANCE, Linear.of(70, 90), Relu.INSTANCE, Linear.of(90, 5), Gelu.INSTANCE);
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
                Relu.INSTANCE,
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
        var model = Sequential.of(Flatten.INSTANCE, Linear.of(6, 2));
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

    /** With the scalar kernels: vectors are objects until the compiler has seen a kernel often enough. */
    @Test
    void aWarmWorkspaceAllocatesNothing() throws ReflectiveOperationException {
        var branches = Concat.of(Sequential.of(Linear.of(9, 5), new LeakyRelu(0.1f)), Linear.of(9, 4));
        var select = FeatureSelect.of(11, 1, 3, 5, 2, 0, 4, 6, 8, 10);
        var model = Sequential.of(select, Residual.of(branches), LayerNorm.of(9));
        var inference = InferenceModel.of(model, weights -> DenseStep.of(weights, Kernels.scalar()));
        var x = Rng.of(7).normal(Shape.of(150, 11), 1).toArray();
        var y = new float[150 * 9];
        var workspace = new Workspace();
        inference.predict(x, 150, y, workspace);

        long allocated = Allocated.by(() -> {
            for (int i = 0; i < 100; i++) {
                inference.predict(x, 150, y, workspace);
            }
        });

        // counting takes a little; a single number kept per row would be 60,000 bytes
        assertTrue(allocated < 10_000, "allocated " + allocated);
        assertArrayEquals(model.forward(Tensor.of(Shape.of(150, 11), x)).toArray(), y);
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
        var model = Sequential.of(Linear.of(2, 3), Relu.INSTANCE, residual, Linear.of(3, 1), Softmax.INSTANCE);

        InferenceModel.of(model, weights -> {
            seen.add(weights.name() + weights.weight().shape() + weights.activation().map(Object::toString).orElse(""));
            return LinearFormat.dense().step(weights);
        });

        assertEquals("[fc1[3, 2]Relu, residual1.body[3, 3], fc2[1, 3]]", seen.toString());
    }

    @Test
    void whatIsNotSupportedIsNamed() {
        var embedding = Sequential.of(Embedding.of(5, 2), Linear.of(2, 2));
        var e = assertThrows(IllegalArgumentException.class, () -> InferenceModel.of(embedding));
        assertTrue(e.getMessage().contains("embedding1 is a layer that is not supported"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> InferenceModel.of(Sequential.of(Relu.INSTANCE)));
        Layer unknown = (x, mode) -> x;
        assertThrows(UnsupportedOperationException.class, () -> InferenceModel.of(unknown));
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
