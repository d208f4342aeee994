package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DTypeTest {

    /** Names and numbers as the three specifications print them. */
    @ParameterizedTest
    @CsvSource({
        "BOOL,1,b1,9", "U8,1,u1,2", "I8,1,i1,3", "U16,2,u2,4", "I16,2,i2,5", "U32,4,u4,12", "I32,4,i4,6", "U64,8,u8,13",
        "I64,8,i8,7", "F16,2,f2,10", "F32,4,f4,1", "F64,8,f8,11"
    })
    void typesOfEveryFormatHaveTheirNameInEach(DType type, int bytes, String npy, int onnx) {
        assertEquals(bytes, type.bytes());
        assertEquals(Optional.of(type), DType.ofSafeTensors(type.name()));
        assertEquals(Optional.of(type), DType.ofNpy(npy));
        assertEquals(Optional.of(type), DType.ofOnnx(onnx));
    }

    @Test
    void bfloat16HasNoNpyName() {
        assertEquals("", DType.BF16.npy());
        assertEquals(Optional.of(DType.BF16), DType.ofOnnx(16));
        assertEquals(Optional.empty(), DType.ofNpy(""));
    }

    @ParameterizedTest
    @EnumSource(DType.class)
    void theSafeTensorsNameIsTheConstantsName(DType type) {
        assertEquals(type.name(), type.safetensors());
        assertEquals(Optional.empty(), DType.ofSafeTensors(type.name().toLowerCase(java.util.Locale.ROOT)));
    }

    @Test
    void unknownCodesGiveNothing() {
        assertEquals(Optional.empty(), DType.ofSafeTensors("F128"));
        assertEquals(Optional.empty(), DType.ofNpy("O"));
        assertEquals(Optional.empty(), DType.ofOnnx(0));
    }

    @Test
    void packedTypesCountBits() {
        assertEquals(3, DType.F4.bytesFor(6));
        assertEquals(-1, DType.F4.bytesFor(5));
        assertEquals(3, DType.F6_E2M3.bytesFor(4));
        assertEquals(-1, DType.F6_E3M2.bytesFor(3));
        assertThrows(IllegalStateException.class, DType.F4::bytes);
        assertThrows(ArithmeticException.class, () -> DType.F64.bytesFor(Long.MAX_VALUE / 8));
    }

    @Test
    void onlyPlainNumbersAreDecodable() {
        var floats = EnumSet.of(DType.F16, DType.BF16, DType.F32, DType.F64);
        var integers = EnumSet.range(DType.U8, DType.I64);
        for (DType type : DType.values()) {
            assertEquals(floats.contains(type), type.isFloat(), type.name());
            assertEquals(integers.contains(type), type.isInteger(), type.name());
            boolean decodable = type.isFloat() || type.isInteger() || type == DType.BOOL;
            assertEquals(decodable, type.isDecodable(), type.name());
        }
        assertTrue(Arrays.stream(DType.values()).anyMatch(type -> !type.isDecodable()));
    }
}
