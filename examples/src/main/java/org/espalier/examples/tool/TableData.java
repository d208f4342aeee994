package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.io.Csv;
import org.espalier.io.CsvColumn;
import org.espalier.io.CsvOptions;
import org.espalier.io.CsvTable;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Table;
import org.espalier.nn.table.Target;
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
 */
record TableData(Path path, CsvFormat format, List<String> targets, String[] drop, String[] categories,
        DataOptions.Task task) {
    private static final int MOST_SHOWN = 12;

    Data read(Optional<Schema> schema) throws IOException {
        return Data.of(path.getFileName().toString(), schema.isPresent() ? under(schema.get()) : guessed());
    }

    private Table guessed() throws IOException {
        var base = format.apply(CsvOptions.standard()).withDetectedCategories().without(drop);
        var names = Csv.columns(path, format.apply(CsvOptions.standard())).stream().map(CsvColumn::name).toList();
        if (names.size() == 1 && names.getFirst().matches(".*[;\t|].*")) {
            throw new IllegalArgumentException(path + " has one column only, \"" + names.getFirst()
                    + "\": give the --separator");
        }
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
        return table(csv);
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
        var csv = Csv.read(path, format.apply(CsvOptions.standard().withColumns(named)));
        var labels = named.subList(schema.columns().size(), named.size()).stream().map(CsvColumn::name).toList();
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
