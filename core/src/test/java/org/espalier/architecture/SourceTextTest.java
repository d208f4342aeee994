package org.espalier.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a // b;a     ",
                "a /* b */ c;a         c",
                "s(\"// b\", c);s(\"    \", c)",
                "s(\"\\\"b\") /* c */;s(\"   \")        ",
                "c('\"', d, '\\'', e);c(' ', d, '  ', e)",
                "t(\"\"\"b\"c\"\"\", d);t(\"\"\"   \"\"\", d)",
                "a /* never closed;a                "
            })
    void commentsAndLiteralsBecomeBlanks(String source, String expected) {
        assertEquals(expected, SourceText.blankCommentsAndLiterals(source));
    }
}
