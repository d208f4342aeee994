package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.Idx;
import org.espalier.io.Npy;
import org.espalier.io.Npz;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.TensorFile;
import org.espalier.io.TorchSave;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.onnx.OnnxFile;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every reader given every kind of file that people mistake for another: it says what the file is and what reads it.
 */
class WrongFileTest {
    /** A reader and the kinds that it reads itself. */
    private record Reader(String name, Reading reading, List<String> own) {}

    private interface Reading {
        Object read(Path path) throws IOException;
    }

    private static final CsvOptions CSV = CsvOptions.standard();

    private static final List<Reader> READERS = List.of(
            new Reader("SafeTensors", SafeTensors::read, List.of("safetensors", "model")),
            new Reader("PyTorchFile", PyTorchFile::read, List.of("pt", "legacy", "safetensors", "index")),
            new Reader("TorchSave", TorchSave::read, List.of("pt", "legacy")),
            new Reader("ModelFile", ModelFile::read, List.of("model")),
            new Reader("InferenceModel", InferenceModel::load, List.of("model")),
            new Reader("OnnxFile", OnnxFile::read, List.of("onnx")),
            new Reader("Npz", Npz::read, List.of("npz")), new Reader("Npy", Npy::read, List.of("npy")),
            new Reader("ScikitLearn", ScikitLearn::read, List.of()),
            new Reader("Idx", Idx::read, List.of("idx", "gzip")),
            new Reader("Csv", path -> Csv.read(path, CSV), List.of("csv")));

    /** The sentence about each kind. */
    private static final Map<String, String> SENTENCES = sentences();

    @TempDir
    private Path directory;

    private static Map<String, String> sentences() {
        var sentences = new LinkedHashMap<String, String>();
        sentences.put("pt", "this is a zip of a PyTorch model: use PyTorchFile.read(...)");
        sentences.put("legacy", "this is a PyTorch file of the form before version 1.6: use PyTorchFile.read(...)");
        sentences.put("pickle", "this is a Python pickle, which is a program and is never run here: in Python, save");
        sentences.put("npz", "this is a zip of NumPy arrays (.npz): use Npz.read(...)");
        sentences.put("npy", "this is a NumPy array (.npy): use Npy.read(...)");
        sentences.put("gzip", "this is compressed with gzip: unpack it first");
        sentences.put("html", "this is a web page (HTML or XML): the download gave a page");
        sentences.put("lfs", "this is a Git LFS pointer, not the file itself: fetch the file with: git lfs pull");
        sentences.put("index", "this is the index of a model in several files: use PyTorchFile.read(...)");
        sentences.put("json", "this is JSON text");
        sentences.put("onnx", "this is an ONNX model: use OnnxFile.read(...)");
        sentences.put("safetensors", "use PyTorchFile.read(...)");
        sentences.put("model", "this is a model file of this library: use ModelFile.read(...)");
        sentences.put("csv", "this is text: use Csv.read(...) if it is a table");
        sentences.put("idx", "this is an IDX file: use Idx.read(...)");
        sentences.put("empty", "this is an empty file");
        sentences.put("noise", "this is of no kind that is known here (it begins with 07 91 01 02 03)");
        return sentences;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] resource(String name) throws IOException {
        try (var in = WrongFileTest.class.getResourceAsStream("cases/" + name)) {
            return in.readAllBytes();
        }
    }

    private Map<String, byte[]> files() throws IOException {
        var array = RawTensor.ofFloats(DType.F32, Shape.of(2, 3), new float[6]);
        var idx = Idx.toBytes(RawTensor.ofInts(DType.U8, Shape.of(2, 3), new int[6]));
        var state = PyTorchFile.of(Linear.of(3, 2)).contents();
        Layer model = Linear.of(3, 2);
        var files = new LinkedHashMap<String, byte[]>();
        files.put("pt", resource("state.pt"));
        files.put("legacy", resource("state_legacy.pt"));
        files.put("pickle", new byte[] {(byte) 0x80, 4, 'N', '.', 0, 0, 0, 0, 0, 0, 0, 0});
        files.put("npz", Npz.toBytes(Map.of("a", array)));
        files.put("npy", Npy.toBytes(array));
        var zipped = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(zipped)) {
            gzip.write(idx);
        }
        files.put("gzip", zipped.toByteArray());
        files.put("html", utf8("<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>…</body></html>\n"));
        files.put("lfs", utf8("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"));
        files.put("index", utf8("{\"metadata\": {\"total_size\": 4}, \"weight_map\": {\"weight\": \"part.safetensors\","
                + " \"bias\": \"part.safetensors\"}}"));
        files.put("json", utf8("{\"architectures\": [\"Net\"]}"));
        var path = directory.resolve("model.onnx");
        OnnxFile.of(model).write(path);
        files.put("onnx", Files.readAllBytes(path));
        files.put("safetensors", SafeTensors.toPlainBytes(state));
        files.put("model", ModelFile.of(model).toBytes());
        files.put("csv", utf8("a,b\n1,2\n"));
        files.put("idx", idx);
        files.put("empty", new byte[0]);
        files.put("noise", new byte[] {7, (byte) 0x91, 1, 2, 3});
        Files.write(directory.resolve("part.safetensors"),
                SafeTensors.toBytes(TensorFile.of(state.tensors(), Map.of())));
        return files;
    }

    @Test
    void everyReaderSaysWhatAWrongFileIs() throws IOException {
        var files = files();
        assertEquals(SENTENCES.keySet(), files.keySet());
        var path = directory.resolve("file");
        for (Reader reader : READERS) {
            for (var file : files.entrySet()) {
                Files.write(path, file.getValue());
                String place = reader.name + " given " + file.getKey();
                if (reader.own.contains(file.getKey())) {
                    reader.reading.read(path);
                    continue;
                }
                if (List.of("Csv", "OnnxFile").contains(reader.name) && file.getKey().equals("noise")) {
                    // Bytes of no known kind may be a table or a graph: the reader complains of what it finds in them.
                    assertThrows(FormatException.class, () -> reader.reading.read(path), place);
                    continue;
                }
                var problem = assertThrows(FormatException.class, () -> reader.reading.read(path), place);
                boolean npz = reader.name.equals("ScikitLearn") && file.getKey().equals("npz");
                String sentence = npz ? "expected the arrays coefs_0" : SENTENCES.get(file.getKey());
                assertTrue(problem.getMessage().startsWith(path.toString()), place + ": " + problem.getMessage());
                assertTrue(problem.getMessage().contains(sentence), place + ": " + problem.getMessage());
            }
        }
    }
}
