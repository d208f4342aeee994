package org.espalier.examples.tool;

import org.espalier.io.CsvOptions;
import picocli.CommandLine.Option;

/** How CSV files are written. */
final class CsvFormat {
    @Option(names = "--separator", paramLabel = "CHAR",
            description = "What stands between fields: a character, or the word tab. Default: a comma.")
    private String separator = ",";

    @Option(names = "--decimal-comma", description = "Numbers are written 1,5; needs another separator.")
    private boolean decimalComma;

    @Option(names = "--no-header", description = "The first line is a row; columns are called 0, 1, 2, …")
    private boolean noHeader;

    @Option(names = "--missing", split = ",", paramLabel = "WORD",
            description = "Words for missing values. Default: an empty field, NA, NaN, null, ? and the like.")
    private String[] missing = {};

    /** Whether the first line is a row. */
    boolean hasNoHeader() {
        return noHeader;
    }

    /** These choices, on top of options that name columns. */
    CsvOptions apply(CsvOptions options) {
        var format = options.withSeparator(character());
        format = decimalComma ? format.withDecimalComma() : format;
        format = noHeader ? format.withoutHeader() : format;
        return format.withMissing(missing);
    }

    private char character() {
        if (separator.equals("tab")) {
            return '\t';
        }
        if (separator.length() != 1) {
            throw new IllegalArgumentException("--separator is one character or the word tab, not \"" + separator
                    + "\"");
        }
        return separator.charAt(0);
    }
}
