package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.io.FormatException;
import org.junit.jupiter.api.Test;

class ToolWordsTest {
    @Test
    void methodsBecomeOptions() {
        assertEquals("leave them out by --drop \"x\", or", ToolWords.of("leave them out with without(\"x\"), or"));
        assertEquals("use --separator ';'", ToolWords.of("use withSeparator(';')"));
        assertEquals("use --separator tab", ToolWords.of("use withSeparator('\\t')"));
        assertEquals("nothing to change", ToolWords.of("nothing to change"));
    }

    @Test
    void noMessageAboutATableNamesAMethod() {
        for (var text : List.of("a,a\n1,2\n", "a\n1\nred\n", "a\nred\n1\n", "a\ninf\n", "a\n1,5\n")) {
            refused(text.getBytes(StandardCharsets.UTF_8), text.contains("red") || text.contains("a,a")
                    ? CsvOptions.standard().withDetectedCategories()
                    : CsvOptions.standard().withMissing());
        }
        refused("a\nred\n".getBytes(StandardCharsets.UTF_8), CsvOptions.standard());
        refused("\u00fc\n1\n".getBytes(StandardCharsets.ISO_8859_1), CsvOptions.standard());
        refused("a\n\u00fc\n".getBytes(StandardCharsets.ISO_8859_1), CsvOptions.standard().withDetectedCategories());
    }

    private static void refused(byte[] file, CsvOptions options) {
        var error = assertThrows(FormatException.class,
                () -> Csv.read("rows.csv", new ByteArrayInputStream(file), options));
        var said = ToolWords.of(error.getMessage());
        assertFalse(said.matches("(?s).*with(out)?[A-Z(].*"), said);
    }
}
