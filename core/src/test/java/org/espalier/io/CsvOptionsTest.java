package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOptionsTest {

    @Test
    void eachWishChangesOneThing() {
        assertEquals(new CsvOptions(',', false, StandardCharsets.UTF_8, true, List.of(), Set.of(), Map.of(), false,
                Set.of(), false), CsvOptions.standard());
        assertEquals(
                new CsvOptions(';', true, StandardCharsets.ISO_8859_1, false, List.of("y", "a", "b"), Set.of("id"),
                        Map.of("a", List.of(), "b", List.of("u", "v")), true, Set.of("-"), true),
                CsvOptions.standard()
                        .withSeparator(';')
                        .withDecimalComma()
                        .withCharset(StandardCharsets.ISO_8859_1)
                        .withoutHeader()
                        .select("y", "a", "b")
                        .without("id")
                        .withCategories("a")
                        .withCategory("b", List.of("u", "v"))
                        .withDetectedCategories()
                        .withMissing("-")
                        .withNonFinite());
        assertEquals(CsvOptions.USUAL_MISSING, CsvOptions.standard().withMissing().missing());
        assertTrue(CsvOptions.USUAL_MISSING.containsAll(Set.of("", "NA", "?")));
        assertEquals(Set.of("a", "b"), CsvOptions.standard().without("a").without("b").without("b").without());
    }

    @Test
    void theColumnsOfAnotherTableAreTakenOver() {
        var columns = List.of(CsvColumn.numbers("x"), CsvColumn.category("w", List.of("b", "a")));
        CsvOptions options = CsvOptions.standard().withDetectedCategories().withColumns(columns);
        assertEquals(List.of("x", "w"), options.select());
        assertEquals(Map.of("w", List.of("b", "a")), options.categories());
        assertEquals(false, options.detect());
    }

    @ParameterizedTest
    @ValueSource(chars = {'"', '\n', '\r', '.', '-', '+', 'e', 'E', '0', '9', '\0', '\u00a7'})
    void aSeparatorThatNumbersOrRowsNeedIsRefused(char separator) {
        assertThrows(IllegalArgumentException.class, () -> CsvOptions.standard().withSeparator(separator));
    }

    @Test
    void wishesThatContradictEachOtherAreRefused() {
        var standard = CsvOptions.standard();
        assertThrows(IllegalArgumentException.class, standard::withDecimalComma);
        assertThrows(IllegalArgumentException.class, () -> standard.withCharset(StandardCharsets.UTF_16));
        assertThrows(IllegalArgumentException.class, () -> standard.select("a", "a"));
        assertThrows(IllegalArgumentException.class, () -> standard.select("a").without("a"));
    }
}
