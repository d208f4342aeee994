package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.infer.FormatTable;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.infer.LayerFormat;
import org.espalier.nn.metrics.Measure;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.step.Format;
import org.espalier.prune.Problems;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.quantize.Quantization;
import org.espalier.prune.quantize.QuantizedModel;
import org.espalier.prune.quantize.WeightFormat;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployStageTest {
    /** Two of the five neurons of fc1 go, so fc1 is 10 → 3 and fc2 3 → 3; fc3 is in the table in another size. */
    private static final FormatTable TABLE = new FormatTable("a machine", true, List.of(1, 8), List.of(
            line("fc1", 10, 3, Format.CSR), line("fc2", 3, 3, Format.DENSE), line("fc3", 9, 9, Format.CSR)));

    private static LayerFormat line(String layer, int in, int out, Format chosen) {
        return new LayerFormat(layer, in, out, in * out, List.of(chosen, chosen), Map.of(
                Format.DENSE, List.of(4.0, 8.0), Format.CSR, List.of(1.0, 2.0)));
    }

    private static Pipeline pipeline(Layer model) {
        return Pipeline.of(model)
                .stage("neurons", Structured.neurons(Magnitude.L2).layers("fc1").sparsity(0.4))
                .stage(Stage.int8("round"))
                .stage(Stage.deploy("out", 1, 8))
                .retrain(1, Problems.retraining())
                .evaluate(Problems.loss())
                .test(Problems.loss())
                .seed(3);
    }

    @Test
    void theReportIsOfTheSmallerModelAndTheModelStays() throws Exception {
        var model = Problems.network(1);
        var report = pipeline(model).formats(TABLE).run();
        var shrunk = Shrink.of(model).model();

        assertEquals(5, model.parameters().get("fc1.bias").size());
        // 30 + 9 + 3 weights are left of 50 + 15 + 3.
        assertEquals(42, report.total().weights());
        assertEquals(68 - 42, report.stages().getLast().steps().getFirst().removed());
        assertEquals(Problems.loss().of(shrunk), report.after().get("squared error"));
        assertEquals(report.after().get("squared error"), report.test().orElseThrow()
                .measures().get("squared error").after());
        assertEquals(TABLE.layers().subList(0, 2), report.formats().orElseThrow().layers());
        assertTrue(report.toTable().contains("batch 8 on a machine\nfc1             10 → 3"), report.toTable());
        assertEquals(report, PruningReport.fromJson(report.toJson()));
    }

    @Test
    void theArtifactIsTheSmallerModelAndCompilesAsTheTableSays() throws Exception {
        var model = Problems.network(1);
        var pipeline = pipeline(model).formats(TABLE);
        var file = ModelFile.read(
                Artifact.of(model, pipeline.recipe(), pipeline.run()).toBytes(), LayerKinds.standard());
        var compiled = InferenceModel.of(file);
        var x = Rng.of(9).normal(Shape.of(6, 10), 1);

        assertTrue(
                compiled.toString().matches(".*sparse\\(CsrMatrix.3 × 10.*, RELU\\), dense\\(3 → 3, RELU\\), .*"),
                compiled.toString());
        assertArrayEquals(Shrink.of(model).model().forward(x).toArray(), compiled.predict(x).toArray());
        assertEquals("InferenceModel[dense(10 → 5, RELU), dense(5 → 3, RELU), dense(3 → 1, NONE)]",
                InferenceModel.of(ModelFile.of(Problems.network(1))).toString());
    }

    @Test
    void withoutATableItMeasuresOneThatGivesTheSameReportAgain() throws Exception {
        var report = pipeline(Problems.network(1)).run();
        var table = report.formats().orElseThrow();

        assertEquals(List.of("fc1", "fc2", "fc3"), table.layers().stream().map(LayerFormat::layer).toList());
        assertEquals(report, pipeline(Problems.network(1)).formats(table).run());
    }

    @Test
    void aWholeHierarchyComposesPlansAndReadsBack() throws Exception {
        var model = Problems.network(1);
        var pipeline = Pipeline.of(model)
                .stage("global", Unstructured.global(Magnitude.L1).sparsity(0.5).schedule(SparsitySchedule.cubic(2)))
                .stage("local", Unstructured.perLayer(Magnitude.L1).sparsity(Map.of("fc1", 0.7)))
                .stage(Stage.quantization("4 bits", Quantization.of(WeightFormat.int4())))
                .stage(Stage.deploy("out", 1))
                .retrain(1, Problems.retraining())
                .evaluate(Problems.loss());
        var planned = pipeline.plan();
        var report = pipeline.run();

        assertEquals(List.of("global", "local", "4 bits", "out"),
                report.stages().stream().map(StageReport::name).toList());
        assertEquals(planned.stages().get(2).total().weights(), report.stages().get(2).total().weights());
        // 30 % of 50.
        assertEquals(15, model.parameters().get("fc1.weight").kept());
        assertTrue(report.formats().isPresent());
        assertEquals(pipeline.recipe(), Recipe.parse(pipeline.recipe().toText()));
        assertEquals(
                StateDict.of(QuantizedModel.of(model, WeightFormat.int4()).dequantized()), StateDict.of(model));
    }

    @Test
    void aPlanMeasuresNothingAndTouchesNothing() {
        var model = Problems.network(1);
        var before = Problems.bits(model);
        var plan = pipeline(model).plan();

        assertEquals(before, Problems.bits(model));
        assertEquals(42, plan.total().weights());
        assertEquals(Optional.empty(), plan.formats());
    }

    @Test
    void aRunThatWasCutOffContinuesWithTheSameReport(@TempDir Path directory) throws Exception {
        var whole = pipeline(Problems.network(1)).formats(TABLE).run();
        pipeline(Problems.network(1)).formats(TABLE).resumeFrom(directory).run();
        var finished = pipeline(Problems.network(1)).formats(TABLE).resumeFrom(directory).run();
        Files.delete(directory.resolve("stage-03.safetensors"));
        var again = pipeline(Problems.network(1)).formats(TABLE).resumeFrom(directory).run();

        assertEquals(whole, finished);
        assertEquals(whole, again);
    }

    @Test
    void aModelThatIsTooBadIsNotDeployed() throws Exception {
        var losses = new java.util.ArrayList<>(List.of(1.0, 1.0, 9.0));
        var model = Problems.network(1);
        var pipeline = Pipeline.of(model)
                .stage(Stage.deploy("out", 1, 8).tolerance(0.5))
                .formats(TABLE)
                .evaluate(Measure.lower("loss", any -> losses.removeFirst()));
        var report = pipeline.run();

        assertTrue(report.stages().getFirst().rolledBack());
        assertEquals(Optional.empty(), report.formats());
        assertEquals(report.layersBefore(), report.layers());
        assertEquals(null, Artifact.of(model, pipeline.recipe(), report).metadata().get(InferenceModel.FORMATS));
    }

    @Test
    void whatCannotBeDeployedIsRefused() {
        var model = Problems.network(1);
        var first = Pipeline.of(model).stage(Stage.deploy("out", 1)).stage(Stage.int8("round"));
        var other = Pipeline.of(model).stage(Stage.deploy("out", 1)).formats(TABLE);
        var unknown = Pipeline.of(Sequential.of(org.espalier.nn.Embedding.of(3, 2))).stage(Stage.deploy("out", 1));

        assertTrue(assertThrows(StageException.class, first::run).getMessage().contains("'round'"));
        assertThrows(StageException.class, first::plan);
        assertTrue(assertThrows(StageException.class, other::run).getMessage().contains("[1, 8]"));
        assertThrows(StageException.class, unknown::run);
        assertThrows(IllegalArgumentException.class, () -> Stage.deploy("out"));
        assertThrows(IllegalArgumentException.class, () -> Stage.deploy("out", 1, 0));
        assertThrows(IllegalArgumentException.class, () -> Stage.deploy("out", 1).epochs(1));
    }
}
