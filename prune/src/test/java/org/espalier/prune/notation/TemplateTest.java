package org.espalier.prune.notation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Templates that are made here, not those that are made once for each type: a change of the class would be seen in
 * them by the first test alone.
 */
class TemplateTest {
    enum Colour {
        LIGHT_BLUE,
        RED
    }

    @Notation("{} size")
    enum Size {
        SMALL,
        LARGE
    }

    record Box(int width, int height, boolean halfOpen, Colour colour) {}

    private static final String BOX = "box {width}x{height}[ {halfOpen}][ colour {colour}]";

    private static Map<String, String> matched(Class<?> type, String template, String text) {
        return new Template(type, template).match(text).orElseThrow();
    }

    private static void matchesNot(Class<?> type, String template, String... texts) {
        for (var text : texts) {
            assertEquals(Optional.empty(), new Template(type, template).match(text), text);
        }
    }

    @Test
    void componentsStandInPlace() {
        assertEquals(Map.of("width", "2", "height", "-3"), matched(Box.class, BOX, "box 2x-3"));
        assertEquals(Map.of("width", "+20", "height", "3", "halfOpen", "half open"),
                matched(Box.class, BOX, "box +20x3 half open"));
        assertEquals(Map.of("width", "2", "height", "3", "colour", "light-blue"),
                matched(Box.class, BOX, "box 2x3 colour light-blue"));
        assertEquals(Map.of("width", "2", "height", "3", "halfOpen", "half open", "colour", "red"),
                matched(Box.class, BOX, "box 2x3 half open colour red"));
    }

    @Test
    void whatAComponentCannotBeDoesNotMatch() {
        matchesNot(Box.class, BOX, "", "box", "box x", "box 2.0x3", "box 2x", "box 2x3x4", "Box 2x3", " box 2x3",
                "box 2x3 ", "box 2x3 halfOpen", "box 2x3 open", "box 2x3 colour", "box 2x3 colour green",
                "box 2x3 colour LIGHT_BLUE", "box 2x3 colour red half open", "box 2x3colour red");
    }

    record Numbers(long many, double wide, float narrow) {}

    @Test
    void numbersHaveTheFormOfTheirType() {
        var template = "{many} {wide} {narrow}";
        assertEquals(Map.of("many", "-12345678901", "wide", "1e-3", "narrow", ".5"),
                matched(Numbers.class, template, "-12345678901 1e-3 .5"));
        assertEquals(Map.of("many", "1", "wide", "NaN", "narrow", "-Infinity"),
                matched(Numbers.class, template, "1 NaN -Infinity"));
        matchesNot(Numbers.class, template, "1.5 1 1", "a 1 1", "1 a,b 1", "1 1 a/b", "1 1");
    }

    record Texts(Map<String, Integer> map, List<Integer> list, Size size) {}

    @Test
    void mapsAreEntriesAndTheRestIsFree() {
        for (var text : List.of("a: 1", "a.b: c; d: e", ": 1", "a 1", "a 1; b 2")) {
            assertEquals(Map.of("map", text), matched(Texts.class, "map {map}", "map " + text));
        }
        matchesNot(Texts.class, "map {map}", "map a", "map ", "map a:");
        assertEquals(Map.of("list", "a, b"), matched(Texts.class, "{list}", "a, b"));
        matchesNot(Texts.class, "{list}", "");
        // Its notation has more than the constant.
        assertEquals(Map.of("size", "large size"), matched(Texts.class, "of {size}", "of large size"));
    }

    @Test
    void theConstantsOfAnEnumAreItsTexts() {
        assertEquals(Map.of("", "small"), matched(Size.class, "{} size", "small size"));
        matchesNot(Size.class, "{} size", "medium size", "small", " size", "SMALL size");
        assertEquals(Map.of("", "light-blue"), matched(Colour.class, "{}", "light-blue"));
    }

    @Test
    void wordsAreNoRegularExpressions() {
        assertEquals(Map.of("width", "1"), matched(Box.class, "a.b* (c) {width}", "a.b* (c) 1"));
        matchesNot(Box.class, "a.b* (c) {width}", "axb* (c) 1", "a.bb c 1");
    }

    @Test
    void aComponentThatIsNotThereIsAFaultOfTheProgram() {
        var e = assertThrows(IllegalStateException.class, () -> new Template(Box.class, "box {depth}"));
        assertEquals(Box.class + " has no component depth", e.getMessage());
        assertEquals("height", Template.component(Box.class, "height").getName());
    }

    @Test
    void wordsThatMayBeMissingDoNotCount() {
        assertEquals(5, new Template(Box.class, BOX).literals());
        assertEquals(0, new Template(Box.class, "[ {halfOpen}]").literals());
        assertEquals(5, new Template(Size.class, "{} size").literals());
        assertEquals("box, {*}".length(), new Template(Box.class, "box, {*}").literals());
    }

    @Test
    void optionalPartsAreWrittenUnlessAllInThemIsUsual() {
        var box = new Template(Box.class, BOX);
        var usual = Map.of("halfOpen", "", "colour", "red");
        assertEquals("box 2x3", box.write(
                Map.of("width", "2", "height", "3", "halfOpen", "", "colour", "red"), usual));
        assertEquals("box 2x3 colour green", box.write(
                Map.of("width", "2", "height", "3", "halfOpen", "", "colour", "green"), usual));
        assertEquals("box 2x3 half open", box.write(
                Map.of("width", "2", "height", "3", "halfOpen", "half open", "colour", "red"), usual));

        var both = new Template(Box.class, "box[ of {width} by {height}]");
        var one = Map.of("width", "1", "height", "1");
        assertEquals("box", both.write(one, one));
        assertEquals("box of 1 by 2", both.write(Map.of("width", "1", "height", "2"), one));
        assertEquals("box of 2 by 1", both.write(Map.of("width", "2", "height", "1"), one));
    }

    @Test
    void whatIsUsualIsWrittenWhereItMayNotBeMissing() {
        var one = Map.of("width", "1", "height", "1");
        assertEquals("1x1", new Template(Box.class, "{width}x{height}").write(one, one));
        assertEquals("large size", new Template(Size.class, "{} size").write(Map.of("", "large"), Map.of()));
    }

    @Test
    void peopleSeeComponentsInCapitals() {
        assertEquals("box WIDTHxHEIGHT half open colour COLOUR", new Template(Box.class, BOX).toString());
        assertEquals("small|large size", new Template(Size.class, "{} size").toString());
        assertEquals("box", new Template(Box.class, "box, {*}").toString());
        record Named(String fullName) {}
        assertEquals("as FULL-NAME", new Template(Named.class, "as {fullName}").toString());
    }

    @Test
    void optionsHaveAnyOrder() {
        var box = new Template(Box.class, "box, {*}");
        assertEquals(Optional.of(Map.of()), box.match("box"));
        assertEquals(Optional.of(Map.of("height", "3", "halfOpen", "yes it is")),
                box.match(" box ,half-open   yes it is , height 3 "));
        for (var text : List.of("", "boxes", "a box", "box height 3", ", box")) {
            assertEquals(Optional.empty(), box.match(text), text);
        }
    }

    @Test
    void optionsAreGivenOnceWithAValue() {
        var box = new Template(Box.class, "box, {*}");
        assertEquals("box has no option 'halfOpen'; it has width, height, half-open, colour", refusal(box,
                "box, halfOpen yes"));
        assertEquals("box has no option 'depth'; it has width, height, half-open, colour", refusal(box, "box, depth"));
        assertEquals("option 'width' of box has no value", refusal(box, "box, width"));
        assertEquals("option 'width' of box is given twice", refusal(box, "box, width 1, height 2, width 1"));
    }

    private static String refusal(Template template, String text) {
        return assertThrows(IllegalArgumentException.class, () -> template.match(text)).getMessage();
    }

    @Test
    void optionsAreAllWritten() {
        record Pair(int first, int secondOne) {}
        assertEquals("pair, first 1, second-one 2", new Template(Pair.class, "pair, {*}")
                .write(new TreeMap<>(Map.of("first", "1", "secondOne", "2")), Map.of("first", "1")));
    }

    @Test
    void namesBecomeWords() {
        assertEquals("warm-up", Template.words("warmUp", '-'));
        assertEquals("a b c", Template.words("aBC", ' '));
        assertEquals("light-blue", Template.word(Colour.LIGHT_BLUE));
    }

    @Test
    void theTemplateOfATypeIsMadeOnce() {
        assertSame(Template.of(Size.class), Template.of(Size.class));
    }
}
