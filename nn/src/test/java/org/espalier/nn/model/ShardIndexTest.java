package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;
import org.espalier.nn.Linear;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardIndexTest {
    private static final Shape ROW = Shape.of(1, 2);

    private static RawTensor floats(Shape shape, float... values) {
        return RawTensor.ofFloats(DType.F32, shape, values);
    }

    private static PyTorchFile shards(Path directory, String map, Map<String, TensorFile> parts) throws IOException {
        for (var part : parts.entrySet()) {
            PyTorchFile.of(part.getValue()).write(directory.resolve(part.getKey()));
        }
        var index = directory.resolve("model.safetensors.index.json");
        Files.writeString(index, "{\"metadata\": {\"total_size\": 12}, \"weight_map\": {" + map + "}}");
        return PyTorchFile.read(index);
    }

    @Test
    void aModelInSeveralFilesIsReadByItsIndex(@TempDir Path directory) throws IOException {
        var parts = Map.of("a.safetensors", TensorFile.of(Map.of("weight", floats(ROW, 1, 2)), Map.of()),
                "b.safetensors", TensorFile.of(Map.of("bias", floats(Shape.of(1), 3)), Map.of()));
        var model = Linear.of(2, 1);

        shards(directory, "\"weight\": \"a.safetensors\", \"bias\": \"b.safetensors\"", parts).applyTo(model);

        assertArrayEquals(new float[] {14}, model.forward(Tensor.of(ROW, 3, 4)).toArray());
        for (var wrong : Map.of("\"weight\": \"c.safetensors\"", "the part c.safetensors is missing beside it",
                "\"bias\": \"a.safetensors\"", "tensor \"bias\" is not in a.safetensors",
                "\"weight\": \"../a.safetensors\"", "is not the name of a file beside it",
                "\"weight\": \"/etc/passwd\"", "is not the name of a file beside it",
                "\"weight\": \"model.safetensors.index.json\"", "it names itself as a part",
                "\"weight\": 7", "weight").entrySet()) {
            var problem = assertThrows(FormatException.class, () -> shards(directory, wrong.getKey(), parts));
            assertTrue(problem.getMessage().contains(wrong.getValue()), problem.getMessage());
        }
        var twice = Map.of("a.safetensors", TensorFile.of(
                Map.of("weight", floats(ROW, 1, 2), "bias", floats(Shape.of(1), 3)), Map.of()));
        var left = assertThrows(FormatException.class,
                () -> shards(directory, "\"weight\": \"a.safetensors\"", twice));
        assertTrue(left.getMessage().contains("a.safetensors has the tensors [bias]"), left.getMessage());
    }
}
