package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    private static JsonReader reader(String text) {
        return new JsonReader("x.json", text.getBytes(StandardCharsets.UTF_8), 100);
    }

    @Test
    void aKnownStructureIsWalkedThroughWithoutATree() throws FormatException {
        JsonReader in = reader("{\"w\": {\"shape\": [2, 3]}, \"n\": -7}");
        in.beginObject();
        assertEquals("w", in.nextName());
        in.beginObject();
        assertEquals("shape", in.nextName());
        in.beginArray();
        assertTrue(in.nextElement());
        assertEquals(2, in.integer());
        assertTrue(in.nextElement());
        assertEquals(3, in.integer());
        assertFalse(in.nextElement());
        assertNull(in.nextName());
        assertEquals("n", in.nextName());
        assertEquals(-7, in.integer());
        assertNull(in.nextName());
        in.end();
    }

    @Test
    void aUsualStringIsGivenAsTheInstanceTheCallerHas() throws FormatException {
        var usual = new String[] {"dtype", "shape"};
        assertSame(usual[1], reader("\"shape\"").string(usual));
        String other = reader("\"sharp\"").string(usual);
        assertEquals("sharp", other);
        assertNotSame(usual[1], reader("\"sh\\u0061pe\"").string(usual));
        assertEquals("shape", reader("\"sh\\u0061pe\"").string(usual));
    }

    @Test
    void theReaderSaysWhereAStringLies() throws FormatException {
        JsonReader in = reader("  \"abc\" ");
        assertEquals("abc", in.string());
        assertEquals(3, in.stringStart());
        assertEquals(7, in.position());
        assertEquals(107, in.offset());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1e0", "-0", "0.0", "1E5", "9223372036854775808", "\"1\"", "true", "-", "", "01"})
    void whatIsNoIntegerIsRefusedAsOne(String text) {
        var refusal = assertThrows(FormatException.class, () -> reader(text).integer());
        assertTrue(refusal.offset() >= 100, refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{1:2}", "{\"a\"}", "{\"a\":1,}", "{,", "{\"a\":1 \"b\"", "[", "{"})
    void aBrokenObjectIsRefusedWhereItBreaks(String text) {
        assertThrows(FormatException.class, () -> {
            JsonReader in = reader(text);
            in.beginObject();
            while (in.nextName() != null) {
                in.integer();
            }
        });
    }

    @Test
    void theComplaintNamesSourceOffsetExpectationAndFinding() {
        var refusal = assertThrows(FormatException.class, () -> reader("  \u00e9").beginObject());
        assertEquals("x.json, offset 102: expected an object but found byte 0xc3", refusal.getMessage());
        var end = assertThrows(FormatException.class, () -> reader("").string());
        assertEquals("x.json, offset 100: expected a string but found the end of the text", end.getMessage());
    }
}
