package org.espalier.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/**
 * Tables as text: numbers to a tensor, words to class codes.
 *
 * <p>The text is UTF-8, with or without a byte order mark; lines end with LF or CR LF; a field in quotes may hold
 * separators, line ends and doubled quotes. Every row has as many fields as the first. Numbers are written with a point
 * in any locale and rounded once, to the nearest float32; spaces and tabs around them do not count. Whatever is wrong
 * is an exception that names row and column, both counted from 1, the header being a row.
 *
 * <p>Source: RFC 4180.
 */
public final class Csv {

    /** Most columns. */
    public static final int MOST_COLUMNS = 10_000;

    private final String source;
    private final byte[] text;
    private final CsvOptions options;

    private Csv(String source, byte[] text, CsvOptions options) {
        this.source = source;
        this.text = text;
        this.options = options;
    }

    /**
     * Reads a file.
     *
     * @param path the file
     * @param options what it looks like
     * @return its table
     * @throws FormatException if a row has too few or too many fields, a field is no number, or the quoting is wrong
     * @throws IOException if it cannot be read
     */
    public static CsvTable read(Path path, CsvOptions options) throws IOException {
        try (ByteInput in = ByteInput.open(path)) {
            return new Csv(in.source(), in.takeRest("text"), options).table();
        }
    }

    /**
     * Reads a text held in memory.
     *
     * @param text the bytes of the text
     * @param options what it looks like
     * @return its table
     * @throws FormatException if a row has too few or too many fields, a field is no number, or the quoting is wrong
     */
    public static CsvTable read(byte[] text, CsvOptions options) throws FormatException {
        return new Csv("CSV text", text, options).table();
    }

    private CsvTable table() throws FormatException {
        int begin = skipByteOrderMark();
        List<String> names = names(begin);
        int rows = countRows(begin, names.size());
        var words = new CsvWords[names.size()];
        var numbers = new ArrayList<String>();
        for (int column = 0; column < words.length; column++) {
            if (options.categories().contains(names.get(column))) {
                words[column] = new CsvWords(text, rows);
            } else {
                numbers.add(names.get(column));
            }
        }
        // Every number has a byte of its own in the text, so their count fits an int.
        var values = new float[rows * numbers.size()];
        fill(begin, values, words);
        var categories = new LinkedHashMap<String, CsvTable.Category>();
        for (int column = 0; column < words.length; column++) {
            if (words[column] != null) {
                categories.put(names.get(column), words[column].category(source));
            }
        }
        return new CsvTable(numbers, Storage.adopt(Shape.of(rows, numbers.size()), values), categories);
    }

    private int skipByteOrderMark() throws FormatException {
        int pair = text.length < 2 ? 0 : (text[0] & 0xFF) << 8 | text[1] & 0xFF;
        if (pair == 0xFEFF || pair == 0xFFFE) {
            throw new FormatException(source, 0, "text in UTF-16; only UTF-8 is read");
        }
        boolean mark = text.length >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF;
        return mark ? 3 : 0;
    }

    private CsvScanner scan(int begin) {
        return new CsvScanner(source, text, begin, options.separator());
    }

    private List<String> names(int begin) throws FormatException {
        CsvScanner in = scan(begin);
        if (!in.hasRow()) {
            throw new FormatException(source, begin, "expected a row");
        }
        var names = new LinkedHashSet<String>();
        while (in.next()) {
            if (names.size() == MOST_COLUMNS) {
                throw in.problem(in.start(), "more than " + MOST_COLUMNS + " columns");
            }
            String name = options.header()
                    ? CsvScanner.decode(source, text, in.start(), in.end())
                    : Integer.toString(names.size());
            if (!names.add(name)) {
                throw in.problem(in.start(), "a second column called \"" + name + "\"");
            }
        }
        for (String wanted : new TreeSet<>(options.categories())) {
            if (!names.contains(wanted)) {
                throw new FormatException(source, begin, "no column \"" + wanted + "\" among " + shown(names));
            }
        }
        return List.copyOf(names);
    }

    private static String shown(Set<String> names) {
        return String.join(", ", names.stream().limit(8).toList());
    }

    private int countRows(int begin, int columns) throws FormatException {
        CsvScanner in = scan(begin);
        int rows = 0;
        while (in.hasRow()) {
            int row = in.row();
            int start = in.position();
            int fields = 0;
            while (in.next()) {
                fields++;
            }
            if (fields != columns) {
                throw new FormatException(
                        source, start, "row " + row + ": expected " + columns + " fields but found " + fields);
            }
            rows++;
        }
        return options.header() ? rows - 1 : rows;
    }

    private void fill(int begin, float[] values, CsvWords[] words) throws FormatException {
        CsvScanner in = scan(begin);
        if (options.header()) {
            while (in.next()) {
                // The names have been read.
            }
        }
        int at = 0;
        for (int row = 0; in.hasRow(); row++) {
            for (int column = 0; in.next(); column++) {
                if (words[column] == null) {
                    values[at++] = number(in);
                } else if (!words[column].add(row, in.start(), in.end())) {
                    throw in.problem(in.start(), "more than " + CsvWords.MOST_LEVELS + " different words");
                }
            }
        }
    }

    private float number(CsvScanner in) throws FormatException {
        int from = in.start();
        int to = in.end();
        while (from < to && isBlank(text[from])) {
            from++;
        }
        while (from < to && isBlank(text[to - 1])) {
            to--;
        }
        if (from == to) {
            if (options.emptyAsNaN()) {
                return Float.NaN;
            }
            throw in.problem(in.start(), "expected a number but the field is empty");
        }
        if (Decimal.isNumber(text, from, to)) {
            float value = Decimal.toFloat(text, from, to);
            if (Float.isInfinite(value) && !options.nonFinite()) {
                throw in.problem(from, in.quote() + " is beyond the range of float32");
            }
            return value;
        }
        return special(in, from, to);
    }

    private float special(CsvScanner in, int from, int to) throws FormatException {
        String word = new String(text, from, Math.min(to - from, 10), StandardCharsets.ISO_8859_1);
        boolean signed = word.startsWith("-") || word.startsWith("+");
        float value =
                switch (signed ? word.substring(1).toLowerCase(Locale.ROOT) : word.toLowerCase(Locale.ROOT)) {
                    case "nan" -> Float.NaN;
                    case "inf", "infinity" -> word.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
                    default -> throw in.problem(from, "expected a number but found " + in.quote());
                };
        if (!options.nonFinite()) {
            throw in.problem(from, "expected a finite number but found " + in.quote());
        }
        return value;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || c == '\t';
    }
}
