package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.espalier.nn.model.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxOperatorKindTest {
    @Test
    void aModelWithOperatorsIsSavedAndLoadedWithoutNamingTheKind(@TempDir Path directory)
            throws IOException {
        var one = OnnxCases.of("c10_abs");
        var model = one.model();
        var path = directory.resolve("model");
        ModelFile.of(model).write(path);
        var back = ModelFile.read(path).model();

        assertEquals(model.toString(), back.toString());
        assertArrayEquals(model.forward(one.x()).toArray(), back.forward(one.x()).toArray());
    }
}
