package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvOptionsTest {

    @Test
    void eachWishChangesOneThing() {
        assertEquals(new CsvOptions(',', true, Set.of(), false, false), CsvOptions.standard());
        assertEquals(
                new CsvOptions(';', false, Set.of("a", "b"), true, true),
                CsvOptions.standard()
                        .withSeparator(';')
                        .withoutHeader()
                        .withCategories("a")
                        .withCategories("b")
                        .withEmptyAsNaN()
                        .withNonFinite());
    }

    @ParameterizedTest
    @ValueSource(chars = {'"', '\n', '\r', '.', '-', '+', 'e', 'E', '0', '9', '\0', '\u00a7'})
    void aSeparatorThatNumbersOrRowsNeedIsRefused(char separator) {
        assertThrows(IllegalArgumentException.class, () -> CsvOptions.standard().withSeparator(separator));
    }
}
