package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class TensorFileTest {

    private static final RawTensor ONE = RawTensor.ofFloats(DType.F16, Shape.of(1), 1);
    private static final TensorFile FILE = TensorFile.of(Map.of("w", ONE), Map.of("k", "v"));

    @Test
    void aTensorComesRawOrAsFloats() throws FormatException {
        assertEquals(ONE, FILE.raw("w"));
        assertArrayEquals(new float[] {1}, FILE.tensor("w").toArray());
        assertEquals("v", FILE.metadata("k"));
    }

    @Test
    void whatIsNotThereIsNamed() {
        var tensor = assertThrows(FormatException.class, () -> FILE.tensor("bias"));
        assertTrue(tensor.getMessage().contains("\"bias\"") && tensor.getMessage().contains("w"), tensor.getMessage());
        var key = assertThrows(FormatException.class, () -> FILE.metadata("seed"));
        assertTrue(key.getMessage().contains("\"seed\""), key.getMessage());
    }

    @Test
    void aTensorOfAnExoticTypeIsCarriedButNotDecoded() throws FormatException {
        var file = TensorFile.of(Map.of("q", RawTensor.ofBytes(DType.F4, Shape.of(2), (byte) 0x12)), Map.of());
        assertEquals(DType.F4, SafeTensors.read(SafeTensors.toBytes(file)).raw("q").dtype());
        assertThrows(FormatException.class, () -> file.tensor("q"));
    }

    @Test
    void theContentsDoNotFollowTheMapsTheyCameFrom() {
        var tensors = new LinkedHashMap<>(Map.of("w", ONE));
        var metadata = new LinkedHashMap<>(Map.of("k", "v"));
        TensorFile file = TensorFile.of(tensors, metadata);
        tensors.clear();
        metadata.clear();
        assertEquals(FILE, file);
        assertEquals(FILE.hashCode(), file.hashCode());
        assertThrows(UnsupportedOperationException.class, () -> file.tensors().clear());
        assertThrows(UnsupportedOperationException.class, () -> file.metadata().clear());
    }

    @Test
    void equalMeansTheSameTensorsAndMetadata() {
        assertNotEquals(FILE, TensorFile.of(Map.of("w", ONE), Map.of()));
        assertNotEquals(FILE, TensorFile.of(Map.of("v", ONE), Map.of("k", "v")));
    }

    @Test
    void namesTheFormatCannotHoldAreRefused() {
        for (String name : List.of("", "__metadata__", "\udc00")) {
            assertThrows(IllegalArgumentException.class, () -> TensorFile.of(Map.of(name, ONE), Map.of()));
        }
        for (String key : List.of(TensorFile.CHECKSUM_KEY, "\ud800")) {
            assertThrows(IllegalArgumentException.class, () -> TensorFile.of(Map.of(), Map.of(key, "")));
        }
        assertThrows(IllegalArgumentException.class, () -> TensorFile.of(Map.of(), Map.of("k", "\ud800")));
    }

    @Test
    void aFileListsItsTensors() {
        assertTrue(FILE.toString().endsWith("{w=F16 [1]}"), FILE.toString());
    }

    @Test
    void aHashTellsFilesApart() {
        assertNotEquals(FILE.hashCode(), TensorFile.of(Map.of("w", ONE), Map.of("k", "w")).hashCode());
        assertNotEquals(FILE.hashCode(), TensorFile.of(Map.of("v", ONE), Map.of("k", "v")).hashCode());
    }
}
