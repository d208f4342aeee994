package org.espalier.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.TensorFile;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of one layer with 2 inputs and 1 output, whose strings and tensors are changed. */
class ModelReaderTest {
    private static final Shape ROW = Shape.of(1, 2);

    private final Map<String, RawTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> strings = new LinkedHashMap<>();

    ModelReaderTest() throws FormatException {
        var layer = Linear.of(2, 1);
        layer.weight().assign(Tensor.of(ROW, 3, 5));
        var file = SafeTensors.read(ModelFile.of(Sequential.of(layer)).plain().toBytes());
        tensors.putAll(file.tensors());
        strings.putAll(file.metadata());
    }

    private ModelFile read() throws FormatException {
        return ModelFile.read(SafeTensors.toBytes(TensorFile.of(tensors, strings)));
    }

    private String refusal() {
        return assertThrows(FormatException.class, this::read).getMessage();
    }

    private void rows(RawTensor inputs, RawTensor outputs) {
        tensors.put("espalier.rows.inputs", inputs);
        tensors.put("espalier.rows.outputs", outputs);
    }

    @Test
    void theFileIsReadAsItIs() throws FormatException {
        strings.put("note", "mine");
        var file = read();
        assertEquals(13, file.model().forward(Tensor.of(ROW, 1, 2)).item());
        assertEquals(Map.of("note", "mine"), file.metadata());
        assertEquals(Optional.empty(), file.verification());
    }

    @Test
    void verificationRowsAreFloats() throws FormatException {
        var row = RawTensor.of(Tensor.of(ROW, 1, 2));
        var answer = RawTensor.of(Tensor.of(Shape.of(1, 1), 13));
        rows(row, answer);
        assertEquals(13, read().verification().orElseThrow().outputs().item());
        rows(RawTensor.ofDoubles(ROW, 1, 2), answer);
        assertTrue(refusal().startsWith("model bytes: verification rows are F64 [1, 2] and F32 [1, 1]"), refusal());
        rows(row, RawTensor.ofDoubles(Shape.of(1, 1), 13));
        assertTrue(refusal().startsWith("model bytes: verification rows are F32 [1, 2] and F64 [1, 1]"), refusal());
    }

    @Test
    void earlierVersionsHaveNoVerificationRows() {
        rows(RawTensor.of(Tensor.of(ROW, 1, 2)), RawTensor.of(Tensor.of(Shape.of(1, 1), 13)));
        strings.put("espalier.version", "1");
        assertEquals("model bytes: tensor \"espalier.rows.inputs\" belongs to no layer", refusal());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"fc1.weight\":4194304} | metadata espalier.marks: \"fc1.weight\" has the number 4194304",
        "{\"fc1.weight\":-1} | metadata espalier.marks: \"fc1.weight\" has the number -1",
        "{\"fc1.weight\":0.5} | metadata espalier.marks: ",
        "{\"fc9.weight\":0} | marked \"fc9.weight\" belongs to no layer",
        "[] | metadata espalier.marks is not a JSON object"
    })
    void marksAreNumbersOfParameters(String marks, String complaint) {
        strings.put("espalier.marks", marks);
        assertTrue(refusal().startsWith("model bytes: " + complaint), refusal());
    }

    @Test
    void theLargestMarkIsTheLastNaN() throws FormatException {
        strings.put("espalier.marks", "{\"fc1.weight\":4194303}");
        tensors.put("fc1.weight", RawTensor.ofFloats(DType.F32, ROW, -0f, Float.intBitsToFloat(0x7FFFFFFF)));
        var weight = read().model().parameters().get("fc1.weight");
        assertEquals(Mask.of(ROW, i -> i == 0), weight.mask().orElseThrow());
        assertEquals(0x80000000, Float.floatToRawIntBits(weight.value().get(0, 0)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{} | metadata espalier.packing: nothing is packed",
        "{\"fc1.weight\":\"gaps int99\"} | metadata espalier.packing: ",
        "{\"fc1.weight\":7} | metadata espalier.packing: ",
        "{\"fc9.weight\":\"bitmap f32\"} | packed \"fc9.weight\" belongs"
    })
    void packingsAreThoseOfParameters(String packings, String complaint) {
        strings.put("espalier.packing", packings);
        assertTrue(refusal().startsWith("model bytes: " + complaint), refusal());
    }

    @Test
    void aVersionDoesNotKnowWhatCameLater() {
        strings.put("espalier.version", "2");
        assertTrue(refusal().contains("no metadata"), refusal());
        strings.put("espalier.marks", "{}");
        assertEquals("model bytes: metadata espalier.marks, which version 2 of the format does not know", refusal());
        strings.put("espalier.version", "1");
        assertEquals("model bytes: metadata espalier.marks, which version 1 of the format does not know", refusal());
        strings.put("espalier.version", "0");
        assertTrue(refusal().startsWith("model bytes: version 0; this library reads 1 to 3"), refusal());
    }

    @Test
    void anArchitectureHasAtMostFourMillionCharacters() throws FormatException {
        var architecture = strings.get("espalier.architecture");
        var blanks = " ".repeat((1 << 22) - architecture.length());
        strings.put("espalier.architecture", architecture + blanks);
        assertEquals(13, read().model().forward(Tensor.of(ROW, 1, 2)).item());
        strings.put("espalier.architecture", architecture + blanks + " ");
        assertEquals("model bytes: metadata espalier.architecture of 4194305 characters", refusal());
    }

    @Test
    void aTensorIsThatOfTheParameter() {
        tensors.put("fc1.weight", RawTensor.of(Tensor.zeros(Shape.of(2, 1))));
        assertEquals("model bytes: tensor \"fc1.weight\" is F32 [2, 1], the model needs F32 [1, 2]", refusal());
        tensors.put("fc1.weight", RawTensor.ofDoubles(ROW, 3, 5));
        assertEquals("model bytes: tensor \"fc1.weight\" is F64 [1, 2], the model needs F32 [1, 2]", refusal());
    }
}
