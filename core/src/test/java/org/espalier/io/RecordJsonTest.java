package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {
    public enum Colour {
        RED,
        GREEN
    }

    public record Inner(Colour colour, int count) {
        public Inner {
            if (count < 0) {
                throw new IllegalArgumentException("a count of " + count);
            }
        }
    }

    public record Outer(String name, boolean on, long big, float small, List<Inner> inner,
            Map<Colour, List<Double>> times, Map<String, Double> named, Optional<Inner> maybe, OptionalDouble micros) {}

    private static final Outer FULL = new Outer("a", true, 1L << 40, 0.1f, List.of(new Inner(Colour.RED, 2)),
            new EnumMap<>(Map.of(Colour.GREEN, List.of(0.5, 1.0))), Map.of("x", -2.5), Optional.of(new Inner(
                    Colour.GREEN, 0)),
            OptionalDouble.of(7));

    @Test
    void aRecordIsAnObjectOfItsComponents() {
        assertEquals("{\"colour\":\"RED\",\"count\":2}", RecordJson.write(new Inner(Colour.RED, 2)).compact());
    }

    @Test
    void whatIsWrittenReadsBack() throws Exception {
        assertEquals(FULL, RecordJson.read(Outer.class, RecordJson.write(FULL), "test"));
    }

    public record Switches(List<Boolean> all, Optional<Boolean> last) {}

    @Test
    void truthValuesInListsAndOptionalsReadBack() throws Exception {
        var switches = new Switches(List.of(true, false), Optional.of(true));
        var json = RecordJson.write(switches);
        assertEquals("{\"all\":[true,false],\"last\":true}", json.compact());
        assertEquals(switches, RecordJson.read(Switches.class, json, "test"));
    }

    @Test
    void emptyOptionalsAreNullAndMayBeMissing() throws Exception {
        var none = new Outer("", false, 0, 0, List.of(), Map.of(), Map.of(), Optional.empty(), OptionalDouble.empty());
        var json = RecordJson.write(none);
        assertEquals(new Json.Null(), json.get("maybe"));
        assertEquals(none, RecordJson.read(Outer.class, json, "test"));

        var without = Json.object();
        for (var member : json.members().entrySet()) {
            if (!member.getKey().equals("maybe") && !member.getKey().equals("micros")) {
                without = without.with(member.getKey(), member.getValue());
            }
        }
        assertEquals(none, RecordJson.read(Outer.class, without, "test"));
    }

    @Test
    void numbersThatAreNotFiniteReadBack() throws Exception {
        var odd = new Outer("", false, 0, Float.NaN, List.of(), Map.of(),
                Map.of("x", Double.POSITIVE_INFINITY, "y", Double.NEGATIVE_INFINITY), Optional.empty(),
                OptionalDouble.empty());
        var json = RecordJson.write(odd);
        assertEquals(new Json.Null(), json.get("small"));
        assertEquals(new Json.Str("-Infinity"), json.object("named").get("y"));

        assertEquals(odd, RecordJson.read(Outer.class, json, "test"));
        assertEquals(odd, RecordJson.read(Outer.class, json.with("small", "NaN"), "test"));
        var e = assertThrows(FormatException.class,
                () -> RecordJson.read(Outer.class, json.with("small", "none"), "test"));
        assertEquals("test: small: must be a number", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"colour\": \"RED\"} | test: count: is missing",
        "{\"colour\": \"BLUE\", \"count\": 1} | test: colour: no Colour is called 'BLUE'",
        "{\"colour\": 3, \"count\": 1} | test: colour: must be a colour",
        "{\"colour\": \"RED\", \"count\": 1.5} | test: count: must be an integer",
        "{\"colour\": \"RED\", \"count\": 5000000000} | test: count: is too large: 5000000000",
        "{\"colour\": \"RED\", \"count\": -1} | test: a count of -1"
    })
    void aWrongMemberIsRefusedByItsPath(String text, String message) throws Exception {
        var json = (Json.Obj) Json.parse(text);

        var e = assertThrows(FormatException.class, () -> RecordJson.read(Inner.class, json, "test"));
        assertEquals(message, e.getMessage());
    }

    @Test
    void pathsGoThroughListsAndMaps() {
        var json = RecordJson.write(FULL).with("inner", Json.array(List.of(Json.object().with("colour", "RED"))));

        var e = assertThrows(FormatException.class, () -> RecordJson.read(Outer.class, json, "test"));
        assertEquals("test: inner[0].count: is missing", e.getMessage());
    }

    @Test
    void aComponentWithoutJsonIsRefused() {
        record Odd(Object thing) {}

        assertThrows(IllegalArgumentException.class, () -> RecordJson.write(new Odd(new Object())));
    }
}
