package org.espalier.nn.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void readsWhatItWrites() throws FormatException {
        for (var target : List.of(
                new Target.Regression("price"),
                new Target.Binary("churned", "no", "yes", 0.3f),
                new Target.Classes("species", List.of("setosa", "virginica", "versicolor")),
                new Target.MultiLabel(List.of("spam", "urgent"), 0.7f))) {
            assertEquals(target, Target.fromJson(target.toJson()));
        }
    }

    @Test
    void hasAnOutputForEachLogit() {
        assertEquals(1, new Target.Regression("price").outputs());
        assertEquals(1, new Target.Binary("churned", "no", "yes", 0.5f).outputs());
        assertEquals(3, new Target.Classes("species", List.of("a", "b", "c")).outputs());
        assertEquals(2, new Target.MultiLabel(List.of("spam", "urgent"), 0.5f).outputs());
    }

    @Test
    void refusesThresholdsThatAreNoProbabilities() {
        for (float threshold : new float[] {0, 1, -0.5f, Float.NaN}) {
            var e = assertThrows(IllegalArgumentException.class,
                    () -> new Target.Binary("churned", "no", "yes", threshold));
            assertTrue(e.getMessage().contains("between 0 and 1"), e.getMessage());
        }
    }

    @Test
    void refusesClassesOfOneName() {
        assertThrows(IllegalArgumentException.class, () -> new Target.Classes("y", List.of("a", "a")));
        assertThrows(IllegalArgumentException.class, () -> new Target.Binary("y", "a", "a", 0.5f));
        assertThrows(IllegalArgumentException.class, () -> new Target.MultiLabel(List.of("a", "a"), 0.5f));
    }

    @Test
    void refusesWhatIsNoTarget() {
        assertThrows(FormatException.class, () -> Target.fromJson(Json.object()));
        assertThrows(FormatException.class, () -> Target.fromJson(Json.object().with("kind", "ranking")));
        var three = new Target.Classes("y", List.of("a", "b", "c")).toJson().with("kind", "binary");
        assertThrows(FormatException.class, () -> Target.fromJson(three.with("threshold", 0.5)));
        var impossible = new Target.Binary("y", "a", "b", 0.5f).toJson().with("threshold", 2.0);
        assertThrows(FormatException.class, () -> Target.fromJson(impossible));
    }
}
