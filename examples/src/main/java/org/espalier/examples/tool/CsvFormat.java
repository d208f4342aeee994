package org.espalier.examples.tool;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.io.CsvOptions;
import picocli.CommandLine.Option;

/** How CSV files are written. */
final class CsvFormat {
    private static final int LONGEST = 1 << 20;

    @Option(names = "--separator", paramLabel = "CHAR",
            description = "What stands between fields: a character, or the word tab. Default: a comma, or what the "
                    + "first line has instead: semicolons, tabs or bars.")
    private String separator;

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

    /** These choices for a file, on top of options that name columns. */
    CsvOptions apply(CsvOptions options, Path file) throws IOException {
        var format = options.withSeparator(separator == null ? found(file) : character());
        format = decimalComma ? format.withDecimalComma() : format;
        format = noHeader ? format.withoutHeader() : format;
        return format.withMissing(missing);
    }

    /** A comma, unless the first line has none and another usual separator instead. */
    private static char found(Path file) throws IOException {
        var line = new StringBuilder();
        // Separators are ASCII: any charset of one byte will find them.
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int c = in.read(); c >= 0 && c != '\n' && line.length() < LONGEST; c = in.read()) {
                line.append((char) c);
            }
        }
        var words = line.toString().replaceAll("\"[^\"]*\"", "");
        for (char c : new char[] {',', ';', '\t', '|'}) {
            if (words.indexOf(c) >= 0) {
                return c;
            }
        }
        return ',';
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
