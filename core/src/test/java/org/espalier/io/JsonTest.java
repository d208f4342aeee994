package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    private static final Json.Obj SAMPLE = Json.object()
            .with("name", "fc1 \u2192 \"x\"\n")
            .with("in", 784)
            .with("rate", 1.2e-3)
            .with("frozen", false)
            .with("shape", Json.array(300, 784))
            .with("layers", Json.array(List.of(Json.object().with("kind", "relu"), new Json.Null())))
            .with("none", Json.object())
            .with("empty", Json.array(List.of()));

    @Test
    void compactTextHasNoWhiteSpaceAndKeepsTheOrderOfMembers() {
        assertEquals(
                "{\"name\":\"fc1 \u2192 \\\"x\\\"\\n\",\"in\":784,\"rate\":0.0012,\"frozen\":false,\"shape\":[300,784],"
                        + "\"layers\":[{\"kind\":\"relu\"},null],\"none\":{},\"empty\":[]}",
                SAMPLE.compact());
    }

    @Test
    void prettyTextHasOneMemberPerLineAndPlainArraysOnOne() {
        String expected = """
                {
                  "name": "fc1 \u2192 \\"x\\"\\n",
                  "in": 784,
                  "rate": 0.0012,
                  "frozen": false,
                  "shape": [300, 784],
                  "layers": [
                    {
                      "kind": "relu"
                    },
                    null
                  ],
                  "none": {},
                  "empty": []
                }
                """;
        assertEquals(expected, SAMPLE.pretty());
    }

    @Test
    void bothTextsReadBackToTheSameValue() throws FormatException {
        assertEquals(SAMPLE, Json.parse(SAMPLE.compact()));
        assertEquals(SAMPLE, Json.parse(SAMPLE.pretty()));
    }

    @Test
    void integersAndRealsAreDifferentKindsOfNumber() throws FormatException {
        assertEquals(new Json.Int(Long.MIN_VALUE), Json.parse("-9223372036854775808"));
        assertEquals(new Json.Int(9007199254740993L), Json.parse("9007199254740993"));
        assertEquals(new Json.Real(1.0), Json.parse("1.0"));
        assertNotEquals(Json.parse("1"), Json.parse("1.0"));
        assertEquals(-0.0, assertInstanceOf(Json.Real.class, Json.parse("-0")).value());
    }

    @Test
    void numbersPrintWithTheFewestDigitsThatReadBack() {
        assertEquals("0.1", new Json.Real(0.1).compact());
        assertEquals("1.0E-300", new Json.Real(1e-300).compact());
        assertEquals("-0.0", new Json.Real(-0.0).compact());
    }

    @Test
    void typedAccessorsGiveTheMember() throws FormatException {
        assertEquals(784, SAMPLE.integer("in"));
        assertEquals(784.0, SAMPLE.number("in"));
        assertEquals(1.2e-3, SAMPLE.number("rate"));
        assertEquals(false, SAMPLE.bool("frozen"));
        assertEquals(List.of(new Json.Int(300), new Json.Int(784)), SAMPLE.items("shape"));
        assertEquals(Json.object(), SAMPLE.object("none"));
        assertTrue(SAMPLE.string("name").startsWith("fc1"));
    }

    @Test
    void typedAccessorsNameTheMemberThatIsMissingOrOfAnotherKind() {
        assertTrue(assertThrows(FormatException.class, () -> SAMPLE.get("bias")).getMessage().contains("\"bias\""));
        assertTrue(assertThrows(FormatException.class, () -> SAMPLE.string("in")).getMessage().contains("a string"));
        assertThrows(FormatException.class, () -> SAMPLE.integer("rate"));
        assertThrows(FormatException.class, () -> SAMPLE.number("name"));
        assertThrows(FormatException.class, () -> SAMPLE.bool("in"));
        assertThrows(FormatException.class, () -> SAMPLE.items("none"));
        assertThrows(FormatException.class, () -> SAMPLE.object("empty"));
    }

    @Test
    void withReplacesAMemberInPlaceAndLeavesTheOriginalAlone() {
        Json.Obj before = Json.object().with("a", 1).with("b", 2);
        assertEquals("{\"a\":\"x\",\"b\":2}", before.with("a", "x").compact());
        assertEquals("{\"a\":1,\"b\":2}", before.compact());
    }

    @Test
    void valuesThatJsonCannotHoldAreRefusedWhenMade() {
        assertThrows(IllegalArgumentException.class, () -> new Json.Real(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new Json.Real(Double.POSITIVE_INFINITY));
        assertThrows(IllegalArgumentException.class, () -> new Json.Str("\ud83d"));
        assertThrows(IllegalArgumentException.class, () -> new Json.Obj(Map.of("\ude00", new Json.Null())));
    }

    @Test
    void aValueTooDeepToBeReadBackIsNotPrinted() throws FormatException {
        Json nest = Json.array(List.of());
        for (int level = 1; level < Json.MAX_DEPTH; level++) {
            nest = Json.array(List.of(nest));
        }
        assertEquals(nest, Json.parse(nest.compact()));
        Json deeper = Json.array(List.of(nest, new Json.Null()));
        Json deepest = Json.array(List.of(deeper));
        assertThrows(IllegalArgumentException.class, deepest::compact);
    }

    @Test
    void equalMeansTheSameKindAndValue() {
        var different = List.of(
                Json.object(), Json.object().with("a", 1), Json.object().with("a", 2), Json.object().with("b", 1),
                Json.array(List.of()), Json.array(1), Json.array(2), Json.array(1, 2), Json.array("1"),
                new Json.Str("1"), new Json.Str("2"), new Json.Int(1), new Json.Int(2), new Json.Real(1),
                new Json.Real(2), new Json.Bool(true), new Json.Bool(false), new Json.Null());
        for (int i = 0; i < different.size(); i++) {
            for (int j = 0; j < different.size(); j++) {
                assertEquals(i == j, different.get(i).equals(different.get(j)), different.get(i) + ", " + j);
            }
        }
        assertEquals(Json.object().with("a", Json.array("x", "y")), Json.object().with("a", Json.array("x", "y")));
        assertEquals(new Json.Real(0.5).hashCode(), new Json.Real(0.5).hashCode());
        assertNotEquals(new Json.Str("a").hashCode(), new Json.Str("b").hashCode());
        assertNotEquals(new Json.Int(1).hashCode(), new Json.Int(2).hashCode());
        assertNotEquals(new Json.Real(1).hashCode(), new Json.Real(2).hashCode());
        assertNotEquals(Json.array(1).hashCode(), Json.array(2).hashCode());
        assertNotEquals(Json.object().hashCode(), Json.object().with("a", 1).hashCode());
    }

    @Test
    void membersOfEveryTypeAreAddedAndRead() throws FormatException {
        var object = Json.object().with("yes", true).with("no", false).with("pi", 3.5).with("words", Json.array("a"));
        assertTrue(object.bool("yes"));
        assertEquals(false, object.bool("no"));
        assertEquals(3.5, object.number("pi"));
        assertEquals("{\"yes\":true,\"no\":false,\"pi\":3.5,\"words\":[\"a\"]}", object.compact());
    }
}
