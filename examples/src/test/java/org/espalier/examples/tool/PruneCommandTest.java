package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.Json;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Relu;
import org.espalier.nn.Sequential;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.onnx.OnnxFile;
import org.espalier.nn.table.Predictor;
import org.espalier.prune.pipeline.PruningStage;
import org.espalier.prune.pipeline.Recipe;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PruneCommandTest extends ToolFixture {
    private Path model;
    private Path data;
    private Path small;

    @BeforeEach
    void train() throws IOException {
        model = wineModel();
        data = folder.resolve("wine.csv");
        small = folder.resolve("small.safetensors");
    }

    private Ran prune(Object... args) {
        var all = new ArrayList<Object>(List.of("prune", model, "--data", data, "--out", small));
        all.addAll(Arrays.asList(args));
        if (!all.contains("--retrain")) {
            all.addAll(List.of("--retrain", 5));
        }
        return espalier(all.toArray());
    }

    /** 13 · 16 + 16 · 8 + 8 · 3 = 360 weights, of which a fifth is 72. */
    @Test
    void keepsWhatWasAskedForAndSaysIt() throws IOException {
        var json = prune("--keep", 20, "--json").json();
        assertEquals(360, json.integer("weights"));
        assertEquals(72, json.integer("kept"));
        assertEquals("accuracy", json.string("measure"));
        assertEquals(Files.size(small), json.integer("bytes"));
        assertTrue(json.object("pruned").number("validation") > 0.8);
        var stage = (Json.Obj) json.items("stages").getFirst();
        assertEquals(72, stage.integer("kept"));
        assertFalse(stage.bool("rolled_back"));

        assertEquals(List.of("class_0", "class_1", "class_2"), List.copyOf(Predictor.load(small).predict(
                14.2f, 1.7f, 2.4f, 15.6f, 127, 2.8f, 3.1f, 0.3f, 2.3f, 5.6f, 1, 3.9f, 1065).toJson()
                .object("probabilities").members().keySet()));
        var recipe = Recipe.parse(ModelFile.read(small).metadata().get("recipe"));
        assertEquals("sparsity 0.8", ((PruningStage) recipe.stages().getFirst()).pruner()
                .amount().text());
        var record = RunRecord.read(folder.resolve("small.run.json"));
        assertEquals(72, record.pruned().kept());
        assertEquals(360, record.dense().kept());
    }

    @Test
    void aDryRunSaysThePlanAndItsRisksAndWritesNothing() throws IOException {
        var json = prune("--dry-run", "--sparsity", 0.98, "--scope", "per layer", "--json").json();
        assertEquals(7, ((Json.Obj) json.items("stages").getFirst()).integer("kept"), 1);
        assertTrue(json.items("risks").toString().contains("output"), json::pretty);
        assertFalse(Files.exists(small) || Files.exists(folder.resolve("small.safetensors.state")));
        var said = prune("--dry-run", "--sparsity", 0.98, "--scope", "per layer");
        assertTrue(
                said.err()
                        .contains("note: risk in the plan: weights: layer collapse: layer 'output' has no weight left"),
                said.err());
    }

    @Test
    void aRuinedModelIsCalledRuined() {
        var said = prune("--sparsity", 0.99, "--scope", "per layer", "--schedule", "one-shot", "--retrain", 0);
        assertEquals(0, said.code(), said.err());
        assertTrue(said.err().contains("has ruined the model: accuracy fell from"), said.err());
    }

    @Test
    void theToleranceGoesBack() throws IOException {
        var json = prune("--sparsity", 0.99, "--scope", "per layer", "--schedule", "one-shot", "--retrain", 0,
                "--tolerance", 0.02, "--json").json();
        assertEquals(360, json.integer("kept"));
        assertTrue(((Json.Obj) json.items("stages").getFirst()).bool("rolled_back"));
    }

    @Test
    void budgetsAreKept() throws IOException {
        assertTrue(prune("--within", "bytes=3500", "--json").json().integer("bytes") <= 3500);
        assertTrue(Files.size(small) > 3300, "as little as it takes: " + Files.size(small));
        assertEquals(72, prune("--within", "weights=20%", "--json").json().integer("kept"));
        assertEquals(100, prune("--within", "flops=200", "--json").json().integer("kept"));
        prune("--within", "weights=5%").fails(1, "budget of 18 weights cannot be met");
        prune("--within", "bytes=100").fails(1, "no file of this network takes");
        prune("--within", "furlongs=3").fails(2, "--within", "bytes=27KB");
    }

    @Test
    void aRecipeOrAPresetIsFollowed() throws IOException {
        var recipe = Files.writeString(folder.resolve("mine.txt"), """
                stage "neurons"
                  criterion magnitude l2
                  pattern neurons
                  amount sparsity 0.5
                stage "4 bits"
                  kind quantization
                  weights int4
                  rounding gptq
                  epochs 0
                """);
        var json = prune("--recipe", recipe, "--json").json();
        assertEquals(2, json.items("stages").size());
        assertTrue(espalier("inspect", small, "--json").json().object("tensors").object("fc1.weight").string("held_as")
                .endsWith("int4"));
        assertEquals(2, prune("--preset", "smallest", "--json").json().items("stages").size());
        Files.writeString(recipe, "stage \"x\"\n  criterion beauty\n");
        prune("--recipe", recipe).fails(1, "mine.txt", "line 2", "beauty");
        prune("--recipe", folder.resolve("none")).fails(1, "no such file");
        prune("--preset", "enormous").fails(2, "light, balanced");
        prune("--preset", "smallest", "--keep", 10).fails(2, "choose one");
        prune("--keep", 10, "--sparsity", 0.5).fails(2, "choose one");
        prune("--criterion", "beauty").fails(2, "beauty", "magnitude");
        prune("--layers", "fc9").fails(1, "fc9", "fc1");
        prune("--tolerance", -1).fails(2, "tolerance");
        prune("--pack", "gaps int9").fails(1, "gaps int9");
    }

    @Test
    void aModelOfAnotherProgramIsPruned() throws IOException {
        var net = Sequential.of(Linear.of(13, 10), new Relu(), Linear.of(10, 3));
        net.initialize(Init.heNormal(), 1);
        var onnx = folder.resolve("net.onnx");
        OnnxFile.of(net).write(onnx);
        var json =
                espalier("prune", onnx, "--data", data, "--target", "cultivar", "--keep", 50, "--retrain", 5, "--out",
                        small, "--json").json();
        assertEquals(80, json.integer("kept"));
        assertTrue(espalier("predict", small, "--data", data).good().startsWith("cultivar,p(class_0)"));
        espalier("prune", onnx, "--data", data, "--target", "hue", "--out", small).fails(1, "3 numbers", "hue");
        espalier("prune", onnx, "--data", data, "--target", "cultivar", "--drop", "hue", "--out", small)
                .fails(1, "13 numbers", "12 input columns");
        espalier("prune", data, "--data", data, "--out", small).fails(1, "expected a model", "text");
    }

    /** Its preprocessing is a part of the graph, so that the graph does not say how wide its rows are. */
    @Test
    void aModelThatWentThroughOnnxIsPruned() throws IOException {
        var onnx = folder.resolve("wine.onnx");
        espalier("convert", wineModel(), onnx).good();
        var json =
                espalier("prune", onnx, "--data", data, "--target", "cultivar", "--keep", 50, "--retrain", 5, "--out",
                        small, "--json").json();

        // 13 · 16 + 16 · 8 + 8 · 3 weights
        assertEquals(360, json.integer("weights"));
        assertEquals(180, json.integer("kept"));
        espalier("compare", onnx, small, "--data", data, "--target", "cultivar", "--margin", "0.5").good();
    }

    @Test
    void imagesAreTrainedAndPruned() throws IOException {
        var out = folder.resolve("digits.safetensors");
        var json =
                espalier("run", "--data", digits(1500, 200), "--net", "30", "--epochs", 4, "--keep", 25, "--retrain", 2,
                        "--out", out, "--json").json();
        // 784 · 30 + 30 · 10 weights
        assertEquals(23_820, json.integer("weights"));
        assertEquals(5955, json.integer("kept"));
        assertTrue(json.object("pruned").number("test") > 0.7, json::pretty);
        assertEquals(28, RunRecord.read(folder.resolve("digits.run.json")).data().image().orElseThrow().height());
        assertTrue(espalier("eval", out, "--data", folder.resolve("digits"), "--check", "accuracy >= 70%").good()
                .contains("200 pictures"));
    }

    @Test
    void aRegressionIsPruned() throws IOException {
        var table = table("diabetes.csv", 1000);
        var json = espalier("run", "--data", table, "--target", "progression", "--epochs", 20, "--keep", 30, "--out",
                small, "--json").json();
        assertEquals("R²", json.string("measure"));
        assertTrue(json.object("pruned").number("validation") > 0.2, json::pretty);
        assertTrue(espalier("predict", small, "--data", table).good().startsWith("progression\n"));
        assertTrue(espalier("eval", small, "--data", table).good().contains("MAE"));
    }
}
