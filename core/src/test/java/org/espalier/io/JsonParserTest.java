package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "nul", "truex", "True", "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1]]",
                "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{a:1}", "{'a':1}",
                "{\"a\":1 \"b\":2}", "{1:2}", "01", "-", "-01", "+1", ".5", "1.", "1.e3", "1e", "1e+", "0x10",
                "1_000", "NaN", "Infinity", "-Infinity", "1f", "1d", "\"", "\"a", "\"\\", "\"\\\"", "\"\\x\"",
                "\"\\u12\"", "\"\\u12G4\"", "\"\t\"", "\"\n\"", "\"\u0000\"", "// comment\n1", "1 /* c */",
                "\u00a01", "\ufeff1", "1 2", "[1]x", "\"a\" \"b\"", "--1", "1-1", "\"\\ud800\"", "\"\\udc00\"",
                "\"\\ud800x\"", "\"\\ud800\\n\"", "\"\\ud800\\u0041\"", "\"\\ud800\\ud800\"", "9223372036854775808",
                "-9223372036854775809", "100000000000000000000", "1e400", "-1e400", "\u0661", "{\"a\":1,\"a\":1}",
                "{\"a\":1,\"b\":2,\"\\u0061\":3}", "\"\ud800\"", "\f1", "1\u000b"
            })
    void textThatIsNotStrictJsonIsRefused(String text) {
        var refusal = assertThrows(FormatException.class, () -> Json.parse(text));
        assertTrue(refusal.getMessage().startsWith("JSON text"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null", "true", "false", "0", "-1", "123", "0.5", "-0.0", "1.0E10", "\"\"", "\"a/b\"", "[]", "{}",
                "[[],{}]", "[1,\"a\",null,true]", "{\"\":0}", "{\"a\":{\"b\":[{}]}}", "\"\u007f\u0080\uffff\"",
                "\"\ud83d\ude00\"", "-9223372036854775808", "9223372036854775807",
                "\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\""
            })
    void canonicalTextPrintsAsItWasRead(String text) throws FormatException {
        assertEquals(text, Json.parse(text).compact());
    }

    @Test
    void whiteSpaceIsTheFourCharactersOfTheStandard() throws FormatException {
        assertEquals("{\"a\":[1,2]}", Json.parse(" \t\r\n{ \"a\"\n:\t[ 1 ,\r2 ] } \n").compact());
    }

    @Test
    void everyEscapeIsUnderstood() throws FormatException {
        String text = "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u00C9\\uD83D\\ude00\\u0000\"";
        assertEquals(new Json.Str("\"\\/\b\f\n\r\t\u00e9\u00c9\ud83d\ude00\0"), Json.parse(text));
    }

    @Test
    void numbersKeepTheirValue() throws FormatException {
        assertEquals(new Json.Real(123e45), Json.parse("123e45"));
        assertEquals(new Json.Real(1e-5), Json.parse("1E-5"));
        assertEquals(new Json.Real(Double.MIN_VALUE), Json.parse("4.9e-324"));
        assertEquals(new Json.Real(0.0), Json.parse("1e-999"));
        assertEquals(new Json.Real(100.0), Json.parse("1e+2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", "bf", "c0 80", "c1 bf", "c3", "c3 41", "e0 80 80", "e0 9f bf", "e2 82", "ed a0 80", "ed bf bf",
                "f0 80 80 80", "f0 8f bf bf", "f0 9f 98", "f4 90 80 80", "f5 80 80 80", "ff", "fe"
            })
    void bytesThatAreNotUtf8AreRefused(String hex) {
        String[] parts = hex.split(" ");
        var text = new byte[parts.length + 2];
        text[0] = '"';
        for (int i = 0; i < parts.length; i++) {
            text[i + 1] = (byte) Integer.parseInt(parts[i], 16);
        }
        text[parts.length + 1] = '"';
        assertThrows(FormatException.class, () -> JsonParser.parse("x", text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\ud800\udc00", "\udbff\udfff"})
    void theEdgesOfEveryUtf8LengthAreRead(String point) throws FormatException {
        byte[] text = ("\"" + point + "\"").getBytes(StandardCharsets.UTF_8);
        assertEquals(new Json.Str(point), JsonParser.parse("x", text));
    }

    @Test
    void theOffsetPointsAtTheOffendingByte() {
        var comma = assertThrows(FormatException.class, () -> Json.parse("[1,,2]"));
        assertEquals(3, comma.offset());
        assertTrue(comma.getMessage().contains("found ','"), comma.getMessage());
        var late = assertThrows(FormatException.class, () -> Json.parse("{\"\u00e9\": tru}"));
        assertEquals(7, late.offset());
    }

    @Test
    void nestingIsReadToTheCapAndNoFurther() throws FormatException {
        int cap = Json.MAX_DEPTH;
        Json.parse("[".repeat(cap) + "]".repeat(cap));
        var refusal = assertThrows(FormatException.class, () -> Json.parse("[".repeat(100_000)));
        assertEquals(cap, refusal.offset());
        assertThrows(FormatException.class, () -> Json.parse("{\"a\":".repeat(cap + 1)));
    }

    @Test
    void aTreeOfTooManyValuesIsRefused() throws FormatException {
        int most = Json.MOST_VALUES - 1;
        Json.parse("[" + "0,".repeat(most - 1) + "0]");
        String more = "[" + "0,".repeat(most) + "0]";
        assertThrows(FormatException.class, () -> Json.parse(more));
        String objects = "[" + "{\"a\":0},".repeat(most) + "0]";
        assertTrue(Allocation.of(() -> Json.parse(objects)) < 40_000_000);
    }

    @Test
    void aNumberOfAMillionDigitsIsRefused() {
        assertThrows(FormatException.class, () -> Json.parse("0." + "1".repeat(1_000_000)));
    }
}
