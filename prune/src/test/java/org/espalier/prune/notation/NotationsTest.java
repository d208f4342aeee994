package org.espalier.prune.notation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotationsTest {
    private static final Notations STANDARD = Notations.standard();

    /** An axis whose kinds its sealed interface permits. */
    public sealed interface Shape {
        @Notation("point")
        record Point() implements Shape {}

        @Notation("circle {radius}")
        record Circle(double radius) implements Shape {
            public Circle {
                if (!(radius > 0)) {
                    throw new IllegalArgumentException("no circle has the radius " + radius);
                }
            }
        }

        @Notation("box {width}x{height}[ {rounded}][ colour {colour}]")
        record Box(int width, int height, boolean rounded, @Default("light-blue") Colour colour) implements Shape {}

        @Notation("twice {shape}")
        record Twice(Shape shape) implements Shape {}

        @Notation("star, {*}")
        record Star(@Default("5") int points, @Default("circle 1") Shape innerShape, @Default("0.5") float depth)
                implements Shape {}

        @Notation("{parts}")
        record Parts(Map<String, Shape> parts) implements Shape {}
    }

    /** A setting. */
    public enum Colour {
        LIGHT_BLUE,
        RED
    }

    /** An axis whose kinds are what its factories return. */
    public interface Open {
        int value();

        static One one() {
            return new One();
        }

        static Numbered numbered(int value) {
            return new Numbered(value);
        }

        static Open hidden() {
            return () -> 3;
        }

        static Size size() {
            return Size.SMALL;
        }
    }

    @Notation("one")
    public record One() implements Open {
        @Override
        public int value() {
            return 1;
        }
    }

    @Notation("number {value}")
    public record Numbered(@Default("7") int value) implements Open {}

    @Notation("{} size")
    public enum Size implements Open {
        SMALL,
        LARGE;

        @Override
        public int value() {
            return ordinal();
        }
    }

    private static void reads(String text, Shape shape) {
        assertEquals(text, STANDARD.text(shape));
        assertEquals(shape, STANDARD.parse(Shape.class, text));
    }

    @Test
    void componentsAreWrittenInPlace() {
        reads("point", new Shape.Point());
        reads("circle 0.25", new Shape.Circle(0.25));
        reads("twice twice circle 1.0", new Shape.Twice(new Shape.Twice(new Shape.Circle(1))));
    }

    @Test
    void whatHasItsDefaultIsLeftOut() {
        reads("box 2x3", new Shape.Box(2, 3, false, Colour.LIGHT_BLUE));
        reads("box 2x3 rounded", new Shape.Box(2, 3, true, Colour.LIGHT_BLUE));
        reads("box 2x3 colour red", new Shape.Box(2, 3, false, Colour.RED));
        reads("box 2x3 rounded colour red", new Shape.Box(2, 3, true, Colour.RED));
        assertEquals(new Shape.Box(1, 1, false, Colour.LIGHT_BLUE),
                STANDARD.parse(Shape.class, " box 1x1 colour light-blue "));
    }

    @Test
    void optionsHaveAnyOrderAndDefaults() {
        reads("star, points 6, inner-shape point, depth 0.25", new Shape.Star(6, new Shape.Point(), 0.25f));
        var usual = new Shape.Star(5, new Shape.Circle(1), 0.5f);
        assertEquals(usual, STANDARD.parse(Shape.class, "star"));
        assertEquals(usual, STANDARD.parse(Shape.class, "star , depth 0.5,inner-shape circle 1"));
    }

    @Test
    void mapsAreEntriesWithSemicolons() {
        var parts = new LinkedHashMap<String, Shape>();
        parts.put("b", new Shape.Point());
        parts.put("a.c", new Shape.Circle(2));
        reads("b: point; a.c: circle 2.0", new Shape.Parts(parts));
        reads(": point", new Shape.Parts(Map.of("", new Shape.Point())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "circle 0 | no circle has the radius 0.0",
        "box 2x99999999999 | '99999999999' is not an integer",
        "circle 1.2.3 | '1.2.3' is not a number",
        "star, colour red | star has no option 'colour'; it has points, inner-shape, depth",
        "star, depth | option 'depth' of star has no value",
        "star, depth 1, depth 2 | option 'depth' of star is given twice",
        "a: point; a: point | 'a' is given twice",
        "hexagon | no shape is called 'hexagon'; there are PARTS, box WIDTHxHEIGHT rounded colour COLOUR, circle RADIUS"
                + ", point, star, twice SHAPE"
    })
    void anythingElseIsRefusedWithTheReason(String text, String message) {
        var e = assertThrows(IllegalArgumentException.class, () -> STANDARD.parse(Shape.class, text));
        assertEquals(message, e.getMessage());
    }

    @Test
    void factoriesNameTheKindsOfAnOpenAxis() {
        assertEquals(new One(), STANDARD.parse(Open.class, "one"));
        assertEquals(new Numbered(12), STANDARD.parse(Open.class, "number 12"));
        assertEquals(Size.LARGE, STANDARD.parse(Open.class, "large size"));
        assertEquals("large size", STANDARD.text(Size.LARGE));
        assertEquals(List.of(Size.LARGE, new Numbered(7), new One(), Size.SMALL), Notations.all(Open.class));
    }

    @Test
    void whatHasNoNotationNeedsAName() {
        Open own = Open.hidden();
        var e = assertThrows(IllegalArgumentException.class, () -> STANDARD.text(own));
        assertTrue(e.getMessage().contains("NotationsTest$Open$$Lambda"), e.getMessage());

        var names = STANDARD.with("my own", own);
        assertEquals("my own", names.text(own));
        assertEquals(own, names.parse(Open.class, "my own"));
        assertThrows(IllegalArgumentException.class, () -> names.parse(Shape.class, "my own"));
        assertThrows(IllegalArgumentException.class, () -> names.with("my own", new One()));
        assertThrows(IllegalArgumentException.class, () -> names.with(" ", own));
        assertThrows(IllegalArgumentException.class, () -> names.with("two\nlines", own));
    }

    @Test
    void aDescriptionIsTheSameInEveryRun() {
        assertEquals("NotationsTest$Open (lambda)", Notations.describe(Open.hidden()));
        assertEquals("circle 2.0", Notations.describe(new Shape.Circle(2)));
    }
}
