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

    /** Types that a component may have. */
    @Notation("all, {*}")
    public record All(int count, long many, double wide, float narrow, boolean plain, String word, Colour colour,
            List<Integer> sizes, Map<String, List<Double>> curves) implements Axis {}

    /** An axis whose kinds have open settings. */
    public sealed interface Axis {}

    @Notation("{colour} pen")
    public record Pen(Colour colour) implements Axis, Writing {}

    @Notation("line {from} to {to}")
    public record Line(Colour from, Colour to) implements Axis {}

    @Notation("hidden")
    record Hidden() implements Axis {}

    @Notation("broken")
    public record Broken() implements Axis {
        public Broken {
            throw new IllegalStateException("it never works");
        }
    }

    private static String refusal(Class<?> axis, String text) {
        return assertThrows(IllegalArgumentException.class, () -> STANDARD.parse(axis, text)).getMessage();
    }

    @Test
    void everyTypeOfAComponentReadsBack() {
        var curves = new LinkedHashMap<String, List<Double>>();
        curves.put("b", List.of(1.0, 0.5));
        curves.put("a", List.of(2.0));
        var lists = new Lists(List.of(3, 1, 2));
        assertEquals("sizes 3, 1, 2", STANDARD.text(lists));
        assertEquals(lists, STANDARD.parse(Lists.class, "sizes 3 ,1, 2"));
        var maps = new Maps(curves);
        assertEquals("curves b 1.0 0.5; a 2.0", STANDARD.text(maps));
        assertEquals(maps, STANDARD.parse(Maps.class, "curves b 1.0  0.5;a 2"));
        var numbers = new Numbers(-3, 1L << 40, 1e-3, 0.5f, "two words");
        assertEquals("-3, 1099511627776, 0.001, 0.5, two words", STANDARD.text(numbers));
        assertEquals(numbers, STANDARD.parse(Numbers.class, "-3, +1099511627776, 1e-3, .5, two words"));
        assertEquals(new Numbers(1, 2, Double.NaN, 1, "x"), STANDARD.parse(Numbers.class, "1, 2, NaN, 1, x"));
    }

    @Notation("sizes {sizes}")
    public record Lists(List<Integer> sizes) {}

    @Notation("curves {curves}")
    public record Maps(Map<String, List<Double>> curves) {}

    @Notation("{count}, {many}, {wide}, {narrow}, {word}")
    public record Numbers(int count, long many, double wide, float narrow, String word) {}

    @Test
    void whatHasNoDefaultMustBeThere() {
        assertEquals("'all' needs count", refusal(Axis.class, "all"));
        assertEquals("'all' needs many", refusal(Axis.class, "all, count 3"));
        assertEquals("'x' is not an integer", refusal(Axis.class, "all, count x"));
        assertEquals("'x' is not a number", refusal(Axis.class, "all, count 3, many 4, wide x"));
        assertEquals("'3.5' is not an integer", refusal(Axis.class, "all, count 3.5"));
        assertEquals("'green' is none of light-blue, red", refusal(Colour.class, "green"));
        assertEquals("'lonely' needs a name and a value", refusal(Maps.class, "curves a 1; lonely"));
        assertEquals("'a' is given twice", refusal(Maps.class, "curves a 1; a 2"));
    }

    @Test
    void theTextsThereAreAreNamedInOrder() {
        assertEquals("no open is called 'two'; there are number VALUE, one, small|large size",
                refusal(Open.class, "two"));
        var names = STANDARD.with("my own", new One()).with("point", new Shape.Point());
        assertEquals("no open is called 'two'; there are my own, number VALUE, one, small|large size",
                assertThrows(IllegalArgumentException.class, () -> names.parse(Open.class, "two")).getMessage());
    }

    @Test
    void ofASettingThatIsAnEnumAllConstantsAreThere() {
        assertEquals(List.of(new Pen(Colour.LIGHT_BLUE), new Pen(Colour.RED)), Notations.all(Writing.class));
        assertEquals(new Line(Colour.RED, Colour.LIGHT_BLUE), STANDARD.parse(Axis.class, "line red to light-blue"));
        assertEquals("light-blue", STANDARD.text(Colour.LIGHT_BLUE));
    }

    /** An axis of what its factory returns. */
    public interface Writing {
        static Pen pen() {
            return new Pen(Colour.RED);
        }
    }

    @Test
    void faultsOfTheProgramAreNoFaultsOfTheText() {
        var hidden = assertThrows(IllegalStateException.class, () -> STANDARD.parse(Axis.class, "hidden"));
        assertEquals(Hidden.class + " needs a public constructor", hidden.getMessage());
        var broken = assertThrows(IllegalStateException.class, () -> STANDARD.parse(Axis.class, "broken"));
        assertEquals(Broken.class + " cannot be made", broken.getMessage());
        assertEquals("it never works", broken.getCause().getMessage());
    }

    @Test
    void namesAreGivenOnce() {
        var point = new Shape.Point();
        var names = STANDARD.with("spot", point);
        assertEquals(names, names.with("spot", point));
        assertEquals("spot", names.text(point));
        assertEquals("point", STANDARD.text(point));
        assertEquals(Map.of("spot", point), names.names());
        assertThrows(UnsupportedOperationException.class, () -> names.names().clear());
        for (var name : List.of("", " spot", "spot ", "a\nb")) {
            assertEquals("a name is one line without blanks around it, not '" + name + "'",
                    assertThrows(IllegalArgumentException.class, () -> STANDARD.with(name, point)).getMessage());
        }
        assertEquals("the name 'spot' is given to another value already",
                assertThrows(IllegalArgumentException.class, () -> names.with("spot", new One())).getMessage());
    }

    @Test
    void optionsBeginWithTheirName() {
        assertEquals("star", STANDARD.text(new Shape.Star(5, new Shape.Circle(1), 0.5f)).split(",")[0]);
        assertTrue(refusal(Shape.class, "stars").startsWith("no shape is called 'stars'"));
        assertEquals(7, ((Shape.Star) STANDARD.parse(Shape.class, "star, points   7")).points());
    }
}
