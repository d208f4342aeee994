package org.espalier.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What the fields of a row mean: numbers, words of known levels, missing values. */
final class CsvFields {

    private static final Pattern DATE = Pattern.compile(
            "\\d{1,4}([-/.])\\d{1,2}\\1\\d{1,4}([T ].*)?|\\d{1,2}:\\d{2}(:\\d{2}.*)?"
                    + "|\\d{1,2}[- ][A-Za-z]{3,9}[- ,]+\\d{2,4}|[A-Za-z]{3,9} \\d{1,2},? \\d{4}");
    private static final Pattern SPECIAL = Pattern.compile("(?i)[-+]?(nan|inf|infinity)");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[-+]?\\d*,\\d+");

    private final CsvOptions options;
    private final byte point;
    private final byte[][] missing;
    private final List<CsvColumn> columns;
    private final List<CsvLevels> levels = new ArrayList<>();

    CsvFields(CsvOptions options, List<CsvColumn> columns) {
        this.options = options;
        this.point = (byte) (options.decimalComma() ? ',' : '.');
        this.columns = columns;
        this.missing = new byte[options.missing().size()][];
        int count = 0;
        for (String word : options.missing()) {
            missing[count++] = CsvScanner.encode(options.charset(), word);
        }
        for (CsvColumn column : columns) {
            levels.add(column.category() ? CsvLevels.of(column.levels(), options.charset()) : null);
        }
    }

    /** The value of the field that was read last, in this column of the table. */
    float value(CsvScanner in, int column) throws FormatException {
        if (isMissing(in)) {
            return Float.NaN;
        }
        CsvLevels words = levels.get(column);
        if (words == null) {
            return number(in);
        }
        int code = words.find(in.text(), in.start(), in.end());
        if (code < 0) {
            List<String> known = columns.get(column).levels();
            throw in.problem("the word " + in.quote() + " is not among the levels "
                    + String.join(", ", known.subList(0, Math.min(12, known.size())))
                    + (known.size() > 12 ? ", …" : ""));
        }
        return code;
    }

    boolean isMissing(CsvScanner in) {
        for (byte[] word : missing) {
            if (in.is(word)) {
                return true;
            }
        }
        return false;
    }

    boolean isNumber(CsvScanner in) {
        return Decimal.isNumber(in.text(), in.start(), in.end(), point) || SPECIAL.matcher(in.ascii()).matches();
    }

    private float number(CsvScanner in) throws FormatException {
        if (!Decimal.isNumber(in.text(), in.start(), in.end(), point)) {
            return special(in);
        }
        float value = Decimal.toFloat(in.text(), in.start(), in.end(), point);
        if (Float.isInfinite(value) && !options.nonFinite()) {
            throw in.problem(in.quote() + " is beyond the range of float32");
        }
        return value;
    }

    private float special(CsvScanner in) throws FormatException {
        String word = in.ascii();
        if (!SPECIAL.matcher(word).matches()) {
            throw in.problem("expected a number but " + (word.isEmpty() ? "the field is empty" : "found " + in.quote())
                    + hint(word));
        }
        if (!options.nonFinite()) {
            throw in.problem("expected a finite number but found " + in.quote() + hint(word));
        }
        if (word.endsWith("n") || word.endsWith("N")) {
            return Float.NaN;
        }
        return word.startsWith("-") ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY;
    }

    private String hint(String word) {
        if (CsvOptions.USUAL_MISSING.contains(word)) {
            return "; if it means a missing value, use withMissing()";
        }
        if (SPECIAL.matcher(word).matches()) {
            return "; withNonFinite() reads it";
        }
        if (!options.decimalComma() && DECIMAL_COMMA.matcher(word).matches()) {
            return "; for decimal commas use withDecimalComma()";
        }
        if (isDate(word)) {
            return ", a date or time; leave the column out, or write it as numbers (days, weekday, hour)";
        }
        String separator = columns.size() == 1 ? CsvHeader.separatorHint(word, options) : "";
        return separator.isEmpty() ? "; a column of words is named in withCategories(...) or without(...)" : separator;
    }

    static boolean isDate(String word) {
        return DATE.matcher(word).matches();
    }

    /** Whether all words are numbers, which are then sorted by value. */
    static boolean areNumbers(List<String> words) {
        for (String word : words) {
            byte[] text = word.getBytes(StandardCharsets.UTF_8);
            if (!Decimal.isNumber(text, 0, text.length, (byte) '.')) {
                return false;
            }
        }
        return true;
    }
}
