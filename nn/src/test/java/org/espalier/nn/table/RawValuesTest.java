package org.espalier.nn.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawValuesTest {
    private static Schema schema(Target target) {
        return new Schema(
                List.of(
                        new Schema.Column("age", List.of(), false),
                        new Schema.Column("job", List.of("none", "skilled"), true)),
                target);
    }

    private final RawValues strict = new RawValues(schema(new Target.Binary("outcome", "good", "bad", 0.5f)), false);
    private final RawValues lenient = new RawValues(strict.schema(), true);

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void numbersOfAnyTypeAndWordsBecomeNumbers() {
        assertEquals(41, strict.number(0, 41L));
        assertEquals(2.5f, strict.number(0, new BigDecimal("2.50")));
        assertEquals(1, strict.number(0, true));
        assertEquals(-3, strict.number(0, " -3 "));
        assertEquals(1, strict.number(1, "skilled"));
        assertEquals(Float.NaN, strict.number(1, null));
        assertEquals(Float.NaN, strict.number(1, "NA"));
    }

    @Test
    void whatAColumnDoesNotTakeIsRefusedByName() {
        assertMessage("column \"age\": \"old\" is not a number", () -> strict.number(0, "old"));
        assertMessage("column \"age\": the number must be finite, not Infinity", () -> strict.number(0, 1e300));
        assertMessage("column \"job\": \"boss\" is none of its levels [none, skilled]", () -> strict.number(1, "boss"));
        assertThrows(IllegalArgumentException.class, () -> strict.number(0, null));
        assertEquals(Float.NaN, lenient.number(0, null));
        assertEquals(Float.NaN, lenient.number(1, "boss"));
    }

    @Test
    void targetsBecomeWhatTheLossTakes() {
        assertEquals(1, strict.target("bad"));
        assertMessage("column \"outcome\": \"worse\" is none of its classes [good, bad]", () -> strict.target("worse"));
        assertThrows(IllegalArgumentException.class, () -> strict.target(null));
        assertEquals(2, new RawValues(schema(new Target.Classes("k", List.of("a", "b", "c"))), false).target("c"));
        var regression = new RawValues(schema(new Target.Regression("price")), false);
        assertEquals(12.5f, regression.target("12.5"));
        assertMessage("column \"price\": the target must be a finite number, not null", () -> regression.target(null));
        assertThrows(IllegalArgumentException.class, () -> new RawValues(
                schema(new Target.MultiLabel(List.of("wet"), 0.5f)), false).target(1));
    }
}
