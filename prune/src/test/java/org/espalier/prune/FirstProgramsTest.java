package org.espalier.prune;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.espalier.nn.Activation;
import org.espalier.nn.Labels;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mode;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.DataLoader;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.model.PyTorchFile;
import org.espalier.nn.onnx.OnnxFile;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.table.Prediction;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Preprocessing;
import org.espalier.nn.table.Table;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.Scores;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Pipeline;
import org.espalier.prune.pipeline.Retraining;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.tensor.CustomOp;
import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Op;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first programs that users write, as short as they should be. */
class FirstProgramsTest {
    /** 200 points with the label of their corner: 0 to 3. */
    private static final Dataset POINTS = points();

    @TempDir
    private Path directory;

    private static Dataset points() {
        var inputs = Rng.of(1).uniform(Shape.of(200, 2), -1, 1);
        float[] x = Storage.array(inputs);
        var labels = new int[200];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (x[2 * i] > 0 ? 1 : 0) + (x[2 * i + 1] > 0 ? 2 : 0);
        }
        return Dataset.of(inputs, Labels.of(labels));
    }

    private static Sequential trained() {
        var model = Sequential.of(
                Linear.of(2, 32), Activation.relu(), Linear.of(32, 32), Activation.relu(), Linear.of(32, 4));
        Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-2f)).epochs(20).fit(POINTS);
        assertTrue(Metric.accuracy().of(model, POINTS) > 0.95);
        return model;
    }

    /** Linear(2, 2), ReLU, Linear(2, 2) as PyTorch numbers them: |x0| in class 0, 2·x1 in class 1. */
    private Path stateDict() throws IOException {
        var theirs = Sequential.of(
                Linear.of(Tensor.matrix(new float[] {1, 0}, new float[] {-1, 0}, new float[] {0, 1}),
                        Tensor.vector(0, 0, 0)),
                Activation.relu(),
                Linear.of(Tensor.matrix(new float[] {1, 1, 0}, new float[] {0, 0, 2}), Tensor.vector(0, 0)));
        var path = directory.resolve("state.safetensors");
        PyTorchFile.numbered(theirs).write(path);
        return path;
    }

    @Test
    void aPyTorchModelIsLoadedAndPredicts() throws IOException {
        var path = stateDict();

        var model = Sequential.of(Linear.of(2, 3), Activation.relu(), Linear.of(3, 2));
        PyTorchFile.read(path).applyInOrder(model);
        int label = InferenceModel.of(model).classify(-3, 1);

        assertEquals(0, label);
        assertArrayEquals(new float[] {3, 2}, InferenceModel.of(model).predict(-3, 1));
        assertEquals(1, InferenceModel.of(model).classify(1, 3));
    }

    @Test
    void aTableIsTrainedOnAndServedByNames() throws IOException {
        var lines = new ArrayList<>(List.of("width,colour,kind"));
        for (int i = 0; i < 400; i++) {
            lines.add(i + "," + (i % 2 == 0 ? "red" : "blue") + "," + (i < 200 ? "small" : "large"));
        }
        var csv = Files.write(directory.resolve("things.csv"), lines);
        var file = directory.resolve("things.safetensors");

        var parts = Table.read(csv, "kind").split(0.8, 1);
        var model = Preprocessing.standard().network(parts.train(), 16);
        parts.train().trainer(model).fit(parts.train().data(), parts.validation().data());
        parts.train().schema().file(model).write(file);
        Prediction small = Predictor.load(file).predict(Map.of("width", 20, "colour", "red"));

        assertEquals("small", small.answer());
        assertEquals("large", Predictor.load(file).predict(Map.of("width", 380, "colour", "blue")).answer());
    }

    @Test
    void ninetyPercentArePruned() {
        var model = trained();

        Unstructured.global(Criterion.magnitude()).sparsity(0.9).plan(model).apply();

        // 64 + 1024 + 128 weights; of 1216, 90 % are 1094.4
        assertEquals(1216 - 1094, model.parameters().values().stream()
                .filter(parameter -> parameter.shape().rank() == 2).mapToInt(parameter -> parameter.kept()).sum());
    }

    @Test
    void stagesArePrunedAndRetrained() {
        var model = trained();
        var parts = POINTS.split(0.8, 1);
        var trainer = Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(1e-2f));

        var report = Pipeline.of(model)
                .stage("prune", Unstructured.global(Criterion.magnitude())
                        .sparsity(0.8)
                        .schedule(SparsitySchedule.cubic(3)))
                .retrain(5, Retraining.with(trainer, parts.train(), parts.validation()))
                .evaluate(Measure.of(Metric.accuracy(), parts.validation()))
                .run();
        var small = Shrink.of(model).model();

        assertEquals(0.2, report.total().density(), 1e-2);
        assertTrue(report.after().get("accuracy") > 0.9, report.toTable());
        assertEquals(Metric.accuracy().of(model, POINTS), Metric.accuracy().of(small, POINTS));
    }

    @Test
    void aModelOfIntegersIsSavedAndServed() throws IOException {
        var model = trained();
        var path = directory.resolve("int8.safetensors");

        Layer int8 = Quantization.int8(model, Calibration.of(POINTS, Loss.crossEntropy(), 50, 200));
        ModelFile.of(int8).write(path);
        var served = InferenceModel.load(path);

        int right = 0;
        for (int i = 0; i < POINTS.size(); i++) {
            var one = POINTS.range(i, i + 1);
            right += served.classify(one.inputs().toArray()) == (int) one.targets().item() ? 1 : 0;
        }
        assertTrue(right >= Metric.accuracy().of(model, POINTS) * POINTS.size() - 10, right + " of 200");
    }

    @Test
    void aModelIsExportedToOnnx() throws IOException {
        var model = trained();
        var path = directory.resolve("model.onnx");

        OnnxFile.of(model).write(path);

        var back = OnnxFile.read(path).model();
        var five = POINTS.range(0, 5).inputs();
        assertArrayEquals(model.forward(five).toArray(), back.forward(five).toArray());
    }

    @Test
    void aCustomLayerTrainsAndIsServed() {
        Layer squares = (x, mode) -> x.square();
        var model = Sequential.of(squares, Linear.of(2, 2));
        var inside = POINTS.range(0, 200).inputs().square().sum(-1).less(Tensor.scalar(0.5f));
        var data = Dataset.of(POINTS.range(0, 200).inputs(), inside);

        Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(0.1f)).epochs(30).fit(data);
        int label = InferenceModel.of(model).classify(0.1f, -0.1f);

        assertEquals(1, label);
        assertEquals(0, InferenceModel.of(model).classify(0.9f, -0.9f));
    }

    @Test
    void aCustomCriterionIsALambda() {
        var model = Sequential.of(Linear.of(Tensor.matrix(new float[] {4, 1, -3, 2}), Tensor.vector(0)));

        Criterion smallestFirst = Criterion.ofEach("negative", weight -> {
            var scores = new double[weight.weight().size()];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = -weight.elements()[i];
            }
            return Scores.sum(scores);
        });
        Unstructured.perLayer(smallestFirst).sparsity(0.5).plan(model).apply();

        assertArrayEquals(
                new float[] {0, 1, -3, 0}, model.parameters().get("fc1.weight").value().toArray());
    }

    /** x / (1 + e⁻ˣ). */
    private record Swish() implements CustomOp {
        @Override
        public Shape shape(Shape... inputs) {
            return inputs[0];
        }

        @Override
        public void forward(float[] out, Tensor... inputs) {
            float[] x = Storage.array(inputs[0]);
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) (x[i] / (1 + StrictMath.exp(-x[i])));
            }
        }

        @Override
        public Tensor vjp(int input, Tensor g, Tensor y, Tensor... inputs) {
            var sigmoid = inputs[0].sigmoid();
            return g.times(sigmoid.plus(y.times(sigmoid.rsub(1))));
        }
    }

    @Test
    void aCustomOpHasAGradient() {
        var x = Tensor.vector(-1, 0, 2).withGrad();

        Tensor y = Op.apply(new Swish(), x);

        assertEquals(0.5f, y.sum().backward().of(x).get(1), "σ(0)");
        assertTrue(GradCheck.check(in -> Op.apply(new Swish(), in).sum(), x).error() < 5e-3);
    }

    @Test
    void aLoopOfOnesOwnIsFiveLines() {
        var model = Sequential.of(Linear.of(2, 32), Activation.relu(), Linear.of(32, 4));
        var rng = Rng.of(1);

        var optimizer = Optimizer.adam(1e-2f).bind(model);
        for (int epoch = 0; epoch < 20; epoch++) {
            for (var batch : DataLoader.of(POINTS, 32).shuffle(1).epoch(epoch)) {
                var output = model.forward(batch.inputs(), Mode.training(rng));
                optimizer.step(Loss.crossEntropy().value(output, batch.targets()).backward());
            }
        }

        assertTrue(Metric.accuracy().of(model, POINTS) > 0.95);
    }

    @Test
    void oneModelServesManyThreads() throws Exception {
        var path = directory.resolve("served.safetensors");
        ModelFile.of(trained()).write(path);

        InferenceModel model = InferenceModel.load(path);
        var answers = new ArrayList<Future<Integer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                answers.add(threads.submit(() -> model.classify(0.8f, 0.8f)));
            }
        }

        var labels = new HashSet<Integer>();
        for (var answer : answers) {
            labels.add(answer.get());
        }
        assertEquals(Set.of(3), labels);
    }
}
