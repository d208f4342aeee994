package org.espalier.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The columns of a file, and which of them a table has.
 *
 * @param names the names of all columns of the file
 * @param places for each column of the file its place in the table, or −1
 * @param columns the columns of the table; levels that are to be found in the file are not there yet
 */
record CsvHeader(List<String> names, int[] places, List<CsvColumn> columns) {

    /** Reads the first row, which must be there. */
    static CsvHeader read(CsvScanner in, CsvOptions options) throws IOException {
        var names = new ArrayList<String>();
        Set<String> twice = new LinkedHashSet<>();
        var known = new LinkedHashMap<String, Integer>();
        if (!in.hasRow()) {
            throw new FormatException(in.source(), 0, "expected a row");
        }
        while (in.next()) {
            if (names.size() == Csv.MOST_COLUMNS) {
                throw in.problem("more than " + Csv.MOST_COLUMNS + " columns");
            }
            String name = options.header() ? in.word() : Integer.toString(names.size());
            name = name.isEmpty() ? "column " + (names.size() + 1) : name;
            if (known.putIfAbsent(name, names.size()) != null) {
                twice.add(name);
            }
            names.add(name);
        }
        in.name(names);
        return chosen(in.source(), names, known, twice, options);
    }

    private static CsvHeader chosen(String source, List<String> names, Map<String, Integer> known, Set<String> twice,
            CsvOptions options) throws FormatException {
        requireAll(source, names, known, options);
        var wanted = new ArrayList<>(options.select().isEmpty() ? names : options.select());
        wanted.removeAll(options.without());
        for (String name : wanted) {
            if (twice.contains(name)) {
                throw new FormatException(source, 0, "two columns are called \"" + name + "\"; leave them out with "
                        + "without(\"" + name + "\"), or give them other names");
            }
        }
        if (wanted.isEmpty()) {
            throw new FormatException(source, 0, "all columns are left out: " + shown(names));
        }
        var places = new int[names.size()];
        Arrays.fill(places, -1);
        var columns = new ArrayList<CsvColumn>();
        for (String name : wanted) {
            places[known.get(name)] = columns.size();
            List<String> levels = options.categories().get(name);
            columns.add(levels == null ? CsvColumn.numbers(name) : CsvColumn.category(name, levels));
        }
        return new CsvHeader(List.copyOf(names), places, columns);
    }

    private static void requireAll(String source, List<String> names, Map<String, Integer> known, CsvOptions options)
            throws FormatException {
        var asked = new LinkedHashSet<>(options.select());
        asked.addAll(options.without());
        asked.addAll(options.categories().keySet());
        for (String name : asked) {
            if (!known.containsKey(name)) {
                String hint = names.size() == 1 ? separatorHint(names.getFirst(), options) : "";
                throw new FormatException(source, 0, "no column \"" + name + "\" among " + shown(names) + hint);
            }
        }
    }

    /** What to say where a field looks as if it were several. */
    static String separatorHint(String field, CsvOptions options) {
        for (char c : new char[] {';', '\t', '|', ','}) {
            if (c != options.separator() && field.indexOf(c) >= 0) {
                return "; if its fields are separated by " + (c == '\t'
                        ? "tabs, use withSeparator('\\t')"
                        : "'" + c + "', use withSeparator('" + c + "')");
            }
        }
        return "";
    }

    private static String shown(List<String> names) {
        String some = String.join(", ", names.subList(0, Math.min(8, names.size())));
        return names.size() > 8 ? some + ", …" : some;
    }
}
