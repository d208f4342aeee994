package org.espalier.io;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The first of two passes over a table: counts its rows, finds which columns are categories if no option says so, and
 * collects the levels of those for which they are not given.
 *
 * <p>A column whose words are nearly all different is text and no category: beyond {@value #ANY} levels there must be
 * {@value #ROWS} rows for each, which also bounds the memory by the size of the file.
 */
final class CsvSurvey {

    private static final int ANY = 1_000;
    private static final int ROWS = 8;

    private static final class Column {
        private final int place;
        private final boolean detect;
        private final CsvLevels levels;
        private boolean numbers;

        Column(int place, boolean detect) {
            this.place = place;
            this.detect = detect;
            this.levels = new CsvLevels();
        }
    }

    private final CsvScanner in;
    private final CsvHeader header;
    private final CsvOptions options;
    private final CsvFields fields;
    private final Column[] columns;
    private long rows;

    CsvSurvey(CsvScanner in, CsvHeader header, CsvOptions options) {
        this.in = in;
        this.header = header;
        this.options = options;
        this.fields = new CsvFields(options, header.columns());
        this.columns = new Column[header.names().size()];
        for (int i = 0; i < columns.length; i++) {
            int place = header.places()[i];
            if (place < 0) {
                continue;
            }
            CsvColumn column = header.columns().get(place);
            if (column.category() ? column.levels().isEmpty() : options.detect()) {
                columns[i] = new Column(place, !column.category());
            }
        }
    }

    /** Whether a pass over the rows is needed to know the columns. */
    static boolean isNeeded(CsvHeader header, CsvOptions options) {
        boolean needed = options.detect();
        for (CsvColumn column : header.columns()) {
            needed |= column.category() && column.levels().isEmpty();
        }
        return needed;
    }

    /** Walks through all rows. */
    void run() throws IOException {
        while (in.hasRow()) {
            int count = 0;
            FormatException wrong = null;
            for (; in.next(); count++) {
                if (count < columns.length && columns[count] != null && wrong == null) {
                    try {
                        note(columns[count]);
                    } catch (FormatException e) {
                        // A field in the wrong column has a value of the wrong kind: then the row is what is wrong.
                        wrong = e;
                    }
                }
            }
            if (count != columns.length) {
                throw in.ragged(count);
            }
            if (wrong != null) {
                throw wrong;
            }
            rows++;
        }
    }

    private void note(Column column) throws FormatException {
        if (fields.isMissing(in) || column.levels.find(in.text(), in.start(), in.end()) >= 0) {
            return;
        }
        if (column.detect && fields.isNumber(in)) {
            if (column.levels.count() > 0) {
                throw mixed(first(column), in.quote());
            }
            column.numbers = true;
            return;
        }
        if (column.detect && CsvFields.isDate(in.ascii())) {
            throw in.problem("found " + in.quote() + ", a date or time; leave the column out, or write it as numbers "
                    + "(days, weekday, hour)");
        }
        if (column.numbers) {
            throw mixed(in.quote(), "numbers before");
        }
        if (column.levels.count() == CsvLevels.MOST) {
            throw in.problem("more than " + CsvLevels.MOST + " different words; leave it out with without(...)");
        }
        column.levels.add(in.text(), in.start(), in.end());
    }

    private String first(Column column) throws FormatException {
        return "\"" + words(column).getFirst() + "\"";
    }

    private FormatException mixed(String word, String numbers) {
        return in.problem("the column has words (" + word + ") and numbers (" + numbers
                + "); name the word in withMissing(...) if it means a missing value, or the column in "
                + "withCategories(...) or without(...)");
    }

    long rows() {
        return rows;
    }

    /** The columns of the table, with all levels. */
    List<CsvColumn> columns() throws FormatException {
        var known = new ArrayList<>(header.columns());
        for (Column column : columns) {
            if (column == null || column.detect && column.levels.count() == 0) {
                continue;
            }
            String name = known.get(column.place).name();
            int count = column.levels.count();
            if (count > ANY && rows < (long) ROWS * count) {
                throw new FormatException(in.source(), "column \"" + name + "\" has " + count + " different words in "
                        + rows + " rows: that is text, not a category; leave it out with without(\"" + name + "\")");
            }
            known.set(column.place, CsvColumn.category(name, sorted(words(column))));
        }
        return known;
    }

    private List<String> words(Column column) throws FormatException {
        var words = new ArrayList<String>();
        for (byte[] field : column.levels.fields()) {
            try {
                words.add(CsvScanner.decode(options.charset(), field, 0, field.length));
            } catch (CharacterCodingException e) {
                throw new FormatException(in.source(), FormatException.NO_OFFSET,
                        "column \"" + header.columns().get(column.place).name() + "\" has a word that is not "
                                + options.charset() + "; other files are read with withCharset(...)",
                        e);
            }
        }
        return words;
    }

    private static List<String> sorted(List<String> words) {
        Comparator<String> order = Comparator.naturalOrder();
        words.sort(CsvFields.areNumbers(words)
                ? Comparator.comparingDouble(Double::parseDouble).thenComparing(order)
                : order);
        return words;
    }
}
