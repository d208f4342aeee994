package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.espalier.io.Csv;
import org.espalier.io.CsvColumn;
import org.espalier.io.CsvOptions;
import org.espalier.io.CsvTable;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Table;
import org.espalier.nn.table.Target;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/**
 * A CSV file as a table that predicts a column.
 *
 * @param path the file
 * @param format how it is written
 * @param targets the columns to predict; empty for those of the schema
 * @param drop columns to leave out
 * @param categories columns of numbers that are names
 * @param task how a target of numbers is meant
 * @param notes what the user should know of the file
 */
record TableData(Path path, CsvFormat format, List<String> targets, String[] drop, String[] categories,
        DataOptions.Task task, Consumer<String> notes) {
    private static final int MOST_SHOWN = 12;
    private static final Pattern DECIMAL_COMMA = Pattern.compile("-?\\d+(,\\d+)?");

    /** Words of which every second row has another are names, or numbers that are written in an unusual way. */
    private static final int FEW_WORDS = 20;

    Data read(Optional<Schema> schema) throws IOException {
        return Data.of(path.getFileName().toString(), schema.isPresent() ? under(schema.get()) : guessed());
    }

    private Table guessed() throws IOException {
        var base = format.apply(CsvOptions.standard(), path).withDetectedCategories().without(drop);
        var names = Csv.columns(path, format.apply(CsvOptions.standard(), path)).stream().map(CsvColumn::name).toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("which column is to be predicted? --target with one of "
                    + shown(names));
        }
        var csv = Csv.read(path, base.withCategories(categories));
        for (var target : targets) {
            if (!csv.names().contains(target)) {
                throw new IllegalArgumentException(path + " has no column \"" + target + "\"" + hint(target, csv));
            }
        }
        requireNoDecimalCommas(csv);
        noteNames(csv);
        return table(labelled(csv, targets));
    }

    /** Numbers such as 1,5 are words unless an option says that the file has decimal commas. */
    private void requireNoDecimalCommas(CsvTable csv) {
        var names = List.of(categories);
        for (var column : csv.columns()) {
            if (column.category() && !names.contains(column.name())
                    && column.levels().stream().allMatch(level -> DECIMAL_COMMA.matcher(level).matches())
                    && column.levels().stream().anyMatch(level -> level.indexOf(',') >= 0)) {
                throw new IllegalArgumentException(path + ", column \"" + column.name() + "\" has numbers such as "
                        + column.levels().getFirst() + ": --decimal-comma reads them; if they are names, say "
                        + "--categories \"" + column.name() + "\"");
            }
        }
    }

    private void noteNames(CsvTable csv) {
        var wanted = List.of(categories);
        for (var column : csv.columns()) {
            int words = column.levels().size();
            if (words > FEW_WORDS && 2 * words > csv.rows() && !wanted.contains(column.name())) {
                notes.accept(path + ", column \"" + column.name() + "\" has " + words + " different words in "
                        + csv.rows() + " rows, such as \"" + column.levels().getFirst()
                        + "\": nothing can be learned from that for other rows; leave it out by --drop \""
                        + column.name() + "\", or write numbers plainly");
            }
        }
    }

    /** The rows that say what is to be predicted. */
    private CsvTable labelled(CsvTable csv, List<String> labels) {
        float[] values = Storage.array(csv.values());
        int wide = csv.columns().size();
        int[] rows = IntStream.range(0, csv.rows())
                .filter(row -> labels.stream().noneMatch(label -> Float.isNaN(values[row * wide + csv.index(label)])))
                .toArray();
        if (rows.length == 0 && csv.rows() > 0) {
            throw new IllegalArgumentException(path + " has no row with a value of " + String.join(", ", labels));
        }
        if (rows.length == csv.rows()) {
            return csv;
        }
        notes.accept(String.format(Locale.ROOT, "%s: %,d of %,d rows are left out, as they have no value of %s", path,
                csv.rows() - rows.length, csv.rows(), String.join(", ", labels)));
        var kept = new float[rows.length * wide];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * wide, kept, i * wide, wide);
        }
        return new CsvTable(csv.columns(), Storage.adopt(Shape.of(rows.length, wide), kept));
    }

    private String hint(String target, CsvTable csv) {
        return target.matches("(bytes|us|weights|flops|parameters)=.*")
                ? "; for a budget use --within " + target
                : "; there are " + shown(csv.names());
    }

    private Table table(CsvTable csv) {
        if (targets.size() > 1) {
            return Table.multiLabel(csv, targets.toArray(String[]::new));
        }
        var target = targets.getFirst();
        return switch (task) {
            case AUTO -> Table.of(csv, target);
            case CLASSES -> Table.classification(csv, target);
            case NUMBER -> Table.regression(csv, target);
        };
    }

    /** The table with the columns, words and classes that a model knows. */
    private Table under(Schema schema) throws IOException {
        var columns = new ArrayList<CsvColumn>();
        schema.columns().forEach(column -> columns.add(csv(column)));
        switch (schema.target()) {
            case Target.Regression target -> columns.add(CsvColumn.numbers(name(target.name())));
            case Target.Binary target ->
                    columns.add(classes(target.name(), List.of(target.negative(), target.positive())));
            case Target.Classes target -> columns.add(classes(target.name(), target.classes()));
            case Target.MultiLabel target -> target.labels().forEach(label -> columns.add(CsvColumn.numbers(label)));
        }
        var named = format.hasNoHeader() ? numbered(columns) : columns;
        var labels = named.subList(schema.columns().size(), named.size()).stream().map(CsvColumn::name).toList();
        var csv = labelled(Csv.read(path, format.apply(CsvOptions.standard().withColumns(named), path)), labels);
        return switch (schema.target()) {
            case Target.Regression _ -> Table.regression(csv, labels.getFirst());
            case Target.Binary target ->
                    classified(csv, labels.getFirst(), List.of(target.negative(), target.positive()));
            case Target.Classes target -> classified(csv, labels.getFirst(), target.classes());
            case Target.MultiLabel _ -> Table.multiLabel(csv, labels.toArray(String[]::new));
        };
    }

    /** A target with classes that are all numbers is read as numbers: 1 may be written 1.0. */
    private CsvColumn classes(String target, List<String> classes) {
        return areNumbers(classes)
                ? CsvColumn.numbers(name(target))
                : CsvColumn.category(name(target), classes);
    }

    private static boolean areNumbers(List<String> classes) {
        return classes.stream().allMatch(name -> name.matches("-?\\d+(\\.\\d+)?"));
    }

    private Table classified(CsvTable csv, String target, List<String> classes) {
        return Table.classification(areNumbers(classes) ? coded(csv, target, classes) : csv, target);
    }

    /** The numbers of a target as the indices of the classes that a model knows. */
    private CsvTable coded(CsvTable csv, String target, List<String> classes) {
        var numbers = classes.stream().map(Float::valueOf).toList();
        int place = csv.index(target);
        float[] values = csv.values().toArray();
        for (int row = 0; row < csv.rows(); row++) {
            int at = row * csv.columns().size() + place;
            int code = numbers.indexOf(values[at]);
            if (code < 0 && !Float.isNaN(values[at])) {
                throw new IllegalArgumentException(path + ", row " + (row + 1) + ", column \"" + target + "\": "
                        + values[at] + " is none of the classes that the model knows: " + String.join(", ", classes));
            }
            values[at] = code < 0 ? Float.NaN : code;
        }
        var columns = new ArrayList<>(csv.columns());
        columns.set(place, CsvColumn.category(target, classes));
        return new CsvTable(columns, Storage.adopt(csv.values().shape(), values));
    }

    private String name(String ofSchema) {
        return targets.isEmpty() ? ofSchema : targets.getFirst();
    }

    /** A column of a schema as a file has it. */
    static CsvColumn csv(Schema.Column column) {
        return new CsvColumn(column.name(), column.isCategory(), column.levels());
    }

    /** The same columns in a file that has no names: by their order, unless they are numbers already. */
    static List<CsvColumn> numbered(List<CsvColumn> columns) {
        if (columns.stream().allMatch(column -> column.name().matches("\\d+"))) {
            return columns;
        }
        return IntStream.range(0, columns.size())
                .mapToObj(i -> new CsvColumn(Integer.toString(i), columns.get(i).category(), columns.get(i).levels()))
                .toList();
    }

    private static String shown(List<String> names) {
        return names.size() <= MOST_SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_SHOWN)) + " and " + (names.size() - MOST_SHOWN) + " more";
    }
}
