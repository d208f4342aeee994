package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.Json;
import org.espalier.io.Npz;
import org.espalier.io.RawTensor;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Relu;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.model.PyTorchFile;
import org.espalier.nn.step.Format;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The commands that take a finished model. */
class ModelCommandsTest extends ToolFixture {
    /** y0 = relu(x0 − x1), y1 = relu(x1): its answers are known without any help. */
    private Path tiny() throws IOException {
        var model = Sequential.of(Linear.of(Tensor.of(Shape.of(2, 2), 1, -1, 0, 1), Tensor.vector(0, 0)), new Relu(),
                Linear.of(Tensor.of(Shape.of(2, 2), 1, 0, 0, 1), Tensor.vector(0, 0)));
        var path = folder.resolve("tiny.safetensors");
        ModelFile.of(model).write(path);
        return path;
    }

    private Path csv(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.csv"), text);
    }

    @Test
    void predictsPlainOutputs() throws IOException {
        var model = tiny();
        var rows = csv("5,2\n1,3\n");
        assertEquals("output0,output1\n3.0,2.0\n0.0,3.0\n", espalier("predict", model, "--data", rows, "--no-header")
                .good());
        assertEquals("{\"outputs\":[3.0,2.0]}\n{\"outputs\":[0.0,3.0]}\n",
                espalier("predict", model, "--data", rows, "--no-header", "--json").good());
        csv("b,a\n2,5\n");
        assertEquals("output0,output1\n3.0,2.0\n",
                espalier("predict", model, "--data", rows, "--columns", "a,b").good());
        espalier("predict", model, "--data", csv("a\n1\n")).fails(1, "reads 2 numbers", "1 columns");
        espalier("predict", model, "--data", csv("a,b\nx,1\n")).fails(1, "row 2", "\"a\"", "--columns");
        espalier("predict", model, "--data", csv("")).fails(1, "rows.csv");
        espalier("predict", model).fails(2, "--data");
    }

    @Test
    void predictsNamedClasses() throws IOException {
        var path = folder.resolve("named.safetensors");
        ModelFile.of(ModelFile.read(tiny()).model()).with(InferenceModel.CLASSES, "[\"left\",\"ri,ght\"]").write(path);
        var lines = espalier("predict", path, "--data", csv("5,2\n1,3\n"), "--no-header").good().lines().toList();
        assertEquals("class,p(left),\"p(ri,ght)\"", lines.get(0));
        // softmax(3, 2) = 1 / (1 + e⁻¹)
        assertEquals(1 / (1 + Math.exp(-1)), Double.parseDouble(lines.get(1).split(",")[1]), 1e-6);
        assertTrue(lines.get(2).startsWith("\"ri,ght\","), lines::toString);
    }

    @Test
    void unknownWordsAreRefusedUnlessLenient() throws IOException {
        var data = csv("word,y\n" + "low,no\n".repeat(20) + "high,yes\n".repeat(20));
        var model = folder.resolve("words.safetensors");
        espalier("train", "--data", data, "--target", "y", "--epochs", 20, "-q", "--out", model).good();
        csv("word\nhigh\nmiddle\nlow\n");
        espalier("predict", model, "--data", data).fails(1, "middle");
        var lines = espalier("predict", model, "--data", data, "--lenient").good().lines().toList();
        assertTrue(lines.get(1).startsWith("yes,") && lines.get(3).startsWith("no,"), lines::toString);
    }

    @Test
    void evalChecksBounds() throws IOException {
        var model = wineModel();
        var data = folder.resolve("wine.csv");
        var measures = espalier("eval", model, "--data", data, "--json").json().object("measures");
        double accuracy = measures.number("accuracy");
        assertTrue(accuracy > 0.9 && measures.has("macro F1") && measures.has("log loss"));
        espalier("eval", model, "--data", data, "--check", "accuracy>=0.9", "--check", "log-loss <= 2").good();
        espalier("eval", model, "--data", data, "--check", "accuracy<=10%").fails(3, "accuracy is", "more than 0.1");
        espalier("eval", model, "--data", data, "--check", "beauty>=1").fails(1, "beauty", "\"accuracy\"");
        espalier("eval", model, "--data", data, "--check", "accuracy").fails(2, "--check");
    }

    @Test
    void compareTellsAsGoodFromWorse() throws IOException {
        var model = wineModel();
        var data = folder.resolve("wine.csv");
        var same = espalier("compare", model, model, "--data", data, "--json").json();
        assertEquals("NOT_INFERIOR", same.string("verdict"));
        assertEquals(178, same.integer("samples"));
        var ruined = folder.resolve("ruined.safetensors");
        espalier("prune", model, "--data", data, "--sparsity", 0.99, "--scope", "per layer", "--retrain", 0, "-q",
                "--out",
                ruined).good();
        espalier("compare", model, ruined, "--data", data).fails(3, "is worse than");
        espalier("compare", model, model, "--data", data, "--margin", -1).fails(2, "--margin");

        var table = table("diabetes.csv", 1000);
        var number = folder.resolve("number.safetensors");
        espalier("train", "--data", table, "--target", "progression", "--epochs", 5, "-q", "--out", number).good();
        assertEquals("NOT_INFERIOR", espalier("compare", number, number, "--data", table, "--json").json()
                .string("verdict"));
    }

    @Test
    void quantizeRoundsAndScores() throws IOException {
        var model = wineModel();
        var data = folder.resolve("wine.csv");
        var out = folder.resolve("q.safetensors");
        var json = espalier("quantize", model, "--weights", "int4", "--rounding", "gptq", "--data", data, "--out", out,
                "--json").json();
        assertTrue(json.integer("bytes") < json.integer("bytes_before") - 360 * 2, json::pretty);
        assertEquals(1, json.number("after"), 0.1);
        for (var form : new String[] {"int8", "int2", "codebook 16", "bfloat16"}) {
            espalier("quantize", model, "--weights", form, "--out", out).good();
            assertTrue(espalier("predict", out, "--data", data).good().startsWith("cultivar,"));
        }
        for (var form : new String[] {"dynamic", "static min-max"}) {
            espalier("quantize", model, "--layer-inputs", form, "--data", data, "--tolerance", 0.1, "--out", out)
                    .good();
        }
        espalier("quantize", model, "--weights", "int2", "--tolerance", 0, "--data", data, "--out", out)
                .fails(3, "more than the tolerance");
        espalier("quantize", model, "--weights", "int9", "--out", out).fails(2, "2 to 8 bits, not 9");
        espalier("quantize", model, "--rounding", "gptq", "--out", out).fails(2, "--data is missing");
    }

    @Test
    void deployShrinksAndKeepsTheTable() throws IOException {
        var first = Linear.of(Tensor.of(Shape.of(3, 2), 1, -1, 0, 1, 5, 5), Tensor.vector(0, 0, 0));
        var second = Linear.of(Tensor.of(Shape.of(2, 3), 1, 0, 7, 0, 1, 7), Tensor.vector(0, 0));
        second.weight().assignMask(Mask.of(Shape.of(2, 3), i -> i % 3 < 2));
        var model = folder.resolve("masked.safetensors");
        ModelFile.of(Sequential.of(first, new Relu(), second)).write(model);
        var out = folder.resolve("deployed.safetensors");
        var json = espalier("deploy", model, "--batch", "1,4", "--out", out, "--json").json();
        var layers = json.object("formats").items("layers");
        assertEquals(2, layers.size());
        // nothing reads the third neuron, so it is left out
        assertEquals(2, ((Json.Obj) layers.getFirst()).integer("out"));
        assertEquals("output0,output1\n3.0,2.0\n",
                espalier("predict", out, "--data", csv("5,2\n"), "--no-header").good());
        espalier("deploy", model, "--tolerance", 0.1, "--out", out).fails(2, "--data");
        espalier("deploy", model, "--batch", "0", "--out", out).fails(1, "batch of 0");
    }

    @Test
    void benchMeasuresEveryFormat() throws IOException {
        var json = espalier("bench", tiny(), "--batch", "1", "--seconds", 0.01, "--json").json();
        var lines = json.items("lines");
        assertEquals(1 + Format.values().length, lines.size());
        assertTrue(((Json.Obj) lines.getFirst()).number("median_us") > 0);
        espalier("bench", tiny(), "--batch", "0").fails(2, "--batch");
    }

    @Test
    void sensitivityNamesTheWeakestLayer() throws IOException {
        var model = wineModel();
        var csv = folder.resolve("scan.csv");
        var json =
                espalier("sensitivity", model, "--data", folder.resolve("wine.csv"), "--sparsities", "0.5,0.9", "--csv",
                        csv, "--json").json();
        assertEquals(6, json.items("points").size());
        assertEquals(7, Files.readAllLines(csv).size());
        assertTrue(espalier("sensitivity", model, "--data", folder.resolve("wine.csv"), "--sparsities", "0.9").good()
                .contains("suffers most"));
        espalier("sensitivity", model, "--data", folder.resolve("wine.csv"), "--sparsities", "0.9,0.5")
                .fails(1, "ascend");
    }

    @Test
    void convertsBetweenFormats() throws IOException {
        var model = tiny();
        for (var name : new String[] {"a.onnx", "a.npz", "a.safetensors"}) {
            var out = folder.resolve(name);
            assertEquals(0, espalier("convert", model, out, "--json").json().number("difference"));
            assertEquals("output0,output1\n3.0,2.0\n", espalier("predict", out, "--data", csv("5,2\n"), "--no-header")
                    .good());
            espalier("convert", out, folder.resolve("back.safetensors")).good();
        }
        var state = folder.resolve("state.safetensors");
        espalier("convert", model, state, "--state-dict").good();
        assertEquals(Shape.of(2, 2), PyTorchFile.read(state).contents().raw("fc1.weight").shape());
        espalier("convert", model, folder.resolve("a.pt")).fails(2, "--state-dict");
        espalier("convert", model, folder.resolve("a.h5")).fails(2, ".safetensors, .onnx or .npz");
        espalier("convert", wineModel(), folder.resolve("w.npz")).fails(1, "no place among scikit-learn's arrays");
        espalier("convert", wineModel(), folder.resolve("w.onnx")).good();
    }

    @Test
    void inspectsAnyFile() throws IOException {
        var values = new float[] {0, 1, 0, 0, -3, 2};
        var npz = folder.resolve("a.npz");
        Npz.write(npz, Map.of("w", RawTensor.ofFloats(DType.F32, Shape.of(2, 3), values)));
        var tensor = espalier("inspect", npz, "--json").json().object("tensors").object("w");
        assertEquals(3, tensor.integer("nonzero"));
        assertEquals(0.5, tensor.number("sparsity"));
        assertEquals(3, tensor.number("largest"));
        assertEquals(1, tensor.object("rows").integer("least"));
        assertEquals(2, tensor.object("rows").integer("most"));

        var model = espalier("inspect", tiny(), "--json").json();
        assertEquals("MODEL", model.string("kind"));
        assertEquals(12, model.integer("values"));
        assertEquals(5, model.integer("nonzero"));
        assertTrue(model.object("bytes_as").has("gaps int8"));
        espalier("convert", tiny(), folder.resolve("a.onnx")).good();
        assertTrue(espalier("inspect", folder.resolve("a.onnx")).good().contains("input  input: float[batch, 2]"));
        assertTrue(espalier("inspect", digits(10, 10).resolve("t10k-labels-idx1-ubyte")).good().contains("U8"));
        espalier("inspect", csv("a,b\n1,2\n")).fails(1, "a file of tensors", "text");
        var damaged = Files.readAllBytes(tiny());
        damaged[damaged.length - 1] ^= 1;
        Files.write(folder.resolve("damaged.safetensors"), damaged);
        espalier("inspect", folder.resolve("damaged.safetensors")).fails(1, "checksum");
    }
}
