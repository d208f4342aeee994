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

    private static String problem(String text) {
        return assertThrows(FormatException.class, () -> {
            JsonReader in = reader(text);
            in.beginArray();
            in.nextElement();
            if (in.peek() == '"') {
                in.string();
            } else {
                in.number();
            }
            in.nextElement();
        }).getMessage().substring("x.json, ".length());
    }

    @Test
    void textThatEndsInsideAStringIsRefusedWhereItEnds() {
        String end = " but found the end of the text";
        assertEquals("offset 104: expected the closing quote of the string" + end, problem("[\"ab"));
        assertEquals("offset 106: expected four hexadecimal digits" + end, problem("[\"\\u12"));
        assertEquals("offset 106: expected four hexadecimal digits but found byte 0x20", problem("[\"\\u12 4\""));
        assertEquals("offset 102: a surrogate escape without its other half", problem("[\"\\ud83d"));
        assertEquals("offset 102: a surrogate escape without its other half", problem("[\"\\ud83d\\"));
        assertEquals("offset 103: an escape that JSON does not have", problem("[\"a\\x\""));
        assertEquals("offset 103: an escape that JSON does not have", problem("[\"a\\"));
    }

    @Test
    void aCodePointThatIsCutOffIsRefused() {
        byte[] text = {'"', (byte) 0xE2, (byte) 0x82};
        var refusal = assertThrows(FormatException.class, () -> new JsonReader("x.json", text, 100).string());
        assertEquals("x.json, offset 101: expected UTF-8 but found byte 0xe2", refusal.getMessage());
    }

    @Test
    void aNumberHasUpToAThousandCharacters() throws FormatException {
        assertEquals(new Json.Real(0), reader("0." + "0".repeat(998)).number());
        assertEquals("offset 102: a number of 1001 characters", problem("[ 0." + "0".repeat(999) + "]"));
        assertEquals("offset 102: a number beyond the range of double", problem("[ 1e999]"));
    }

    @Test
    void aFindingThatCannotBeSeenIsShownAsItsByte() {
        assertEquals("offset 102: expected a comma or the end of the array but found byte 0x7f", problem("[1\u007f]"));
        assertEquals("offset 102: expected a comma or the end of the array but found '~'", problem("[1~]"));
        assertEquals("offset 102: expected a comma or the end of the array but found '!'", problem("[1!]"));
    }

    @Test
    void aWordMayStandBehindBlanks() throws FormatException {
        JsonReader in = reader("\n\t true ");
        in.literal("true");
        in.end();
        assertThrows(FormatException.class, () -> reader("tru").literal("true"));
        assertThrows(FormatException.class, () -> reader("trua").literal("true"));
    }

    @Test
    void theComplaintNamesSourceOffsetExpectationAndFinding() {
        var refusal = assertThrows(FormatException.class, () -> reader("  \u00e9").beginObject());
        assertEquals("x.json, offset 102: expected an object but found byte 0xc3", refusal.getMessage());
        var end = assertThrows(FormatException.class, () -> reader("").string());
        assertEquals("x.json, offset 100: expected a string but found the end of the text", end.getMessage());
    }
}
