package org.espalier.nn.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.espalier.io.Csv;
import org.espalier.io.CsvOptions;
import org.espalier.io.CsvTable;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.optim.WeightDecay;
import org.espalier.nn.train.Trainer;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Rows of a table with their targets, as raw as they are in a file: categories are indices of levels, missing values
 * are NaN. Immutable.
 *
 * {@snippet :
 * Path csv = Files.writeString(Files.createTempFile("credit", ".csv"), """
 *         age,job,amount,outcome
 *         41,skilled,2300,good
 *         23,unskilled,9000,bad
 *         57,skilled,1200,good
 *         31,unskilled,7500,bad
 *         """);
 * var table = Table.read(csv, "outcome");
 * var parts = table.split(0.5, 1);
 * var model = Preprocessing.standard().network(parts.train(), 64, 32);
 * parts.train().trainer(model).epochs(2).fit(parts.train().data(), parts.validation().data());
 * }
 */
public final class Table {
    private static final int BATCH = 32;
    private static final int MOST_EPOCHS = 60;
    private static final int MOST_STEPS = 100_000;
    private static final float RATE = 2e-3f;
    private static final float DECAY = 0.5f;

    /** Numbers are taken for classes only if there are at most this many of them. */
    private static final int MOST_CLASSES = 100;

    /** Numbers are taken for classes only if each has at least this many rows on average. */
    private static final int ROWS_OF_A_CLASS = 5;

    private final Schema schema;
    private final Tensor inputs;
    private final Tensor targets;

    private Table(Schema schema, Tensor inputs, Tensor targets) {
        this.schema = schema;
        this.inputs = inputs;
        this.targets = targets;
    }

    /**
     * A table cut in two.
     *
     * @param train the rows to learn from
     * @param validation the others
     */
    public record Split(Table train, Table validation) {}

    /**
     * Reads a CSV file with a header: columns of words are categories, the usual words for missing values
     * ({@link CsvOptions#USUAL_MISSING}) are missing values.
     *
     * @param target the column to predict; see {@link #of(CsvTable, String)}
     * @throws org.espalier.io.FormatException if the file is no such table; the message names row and column
     * @throws IOException if it cannot be read
     */
    public static Table read(Path path, String target) throws IOException {
        return of(Csv.read(path, CsvOptions.standard().withDetectedCategories().withMissing()), target);
    }

    /**
     * A table that predicts one column; what kind of target it is follows from its values. Words are classes, and so
     * are numbers that are just the integers from 0 or 1 on, few of them with several rows each. Two classes are a
     * {@link Target.Binary}, of which the second in order is the positive one. Other numbers are a
     * {@link Target.Regression}.
     *
     * @throws IllegalArgumentException if there is no such column, or a row has no target
     */
    public static Table of(CsvTable csv, String target) {
        return csv.columns().get(csv.index(target)).category() || areClasses(csv.column(target))
                ? classification(csv, target)
                : regression(csv, target);
    }

    /** A table that predicts a number; throws as {@link #of(CsvTable, String)}. */
    public static Table regression(CsvTable csv, String target) {
        if (csv.columns().get(csv.index(target)).category()) {
            throw new IllegalArgumentException("table: column \"" + target + "\" has words, not numbers");
        }
        return of(csv, new Target.Regression(target), present(csv, target), target);
    }

    /** A table that predicts a class; throws as {@link #of(CsvTable, String)}. */
    public static Table classification(CsvTable csv, String target) {
        float[] values = present(csv, target);
        var levels = csv.levels(target);
        if (levels.isEmpty()) {
            var sorted = new TreeSet<Float>();
            for (float value : values) {
                sorted.add(value);
            }
            var numbers = List.copyOf(sorted);
            levels = numbers.stream().map(Table::plain).toList();
            for (int i = 0; i < values.length; i++) {
                values[i] = numbers.indexOf(values[i]);
            }
        }
        if (levels.size() < 2) {
            throw new IllegalArgumentException("table: column \"" + target + "\" has one class only: " + levels);
        }
        return of(csv, levels.size() == 2
                ? new Target.Binary(target, levels.get(0), levels.get(1), 0.5f)
                : new Target.Classes(target, levels), values, target);
    }

    /**
     * A table that predicts labels of which any number may hold.
     *
     * @param labels columns of zeros and ones
     * @throws IllegalArgumentException if there is no such column, or a value is another
     */
    public static Table multiLabel(CsvTable csv, String... labels) {
        var targets = new float[csv.rows() * labels.length];
        for (int label = 0; label < labels.length; label++) {
            float[] values = present(csv, labels[label]);
            for (int row = 0; row < values.length; row++) {
                if (values[row] != 0 && values[row] != 1) {
                    throw new IllegalArgumentException(place(row, labels[label]) + " is " + values[row]
                            + "; a label is 0 or 1");
                }
                targets[row * labels.length + label] = values[row];
            }
        }
        return of(csv, new Target.MultiLabel(List.of(labels), 0.5f), targets, labels);
    }

    private static Table of(CsvTable csv, Target target, float[] targets, String... without) {
        var rest = csv.without(without);
        var columns = new ArrayList<Schema.Column>();
        for (var column : rest.columns()) {
            columns.add(new Schema.Column(column.name(), column.levels(), hasMissing(rest.column(column.name()))));
        }
        var shape = target instanceof Target.Classes
                ? Shape.of(csv.rows())
                : Shape.of(csv.rows(), target.outputs());
        return new Table(new Schema(columns, target), rest.values(), Storage.adopt(shape, targets));
    }

    private static boolean areClasses(float[] values) {
        var found = new TreeSet<Float>();
        for (float value : values) {
            if (found.add(value) && (found.size() > MOST_CLASSES || value != (int) value)) {
                return false;
            }
        }
        int first = found.isEmpty() ? 0 : Math.round(found.first());
        return found.size() > 1 && (first == 0 || first == 1) && found.last() - first == found.size() - 1
                && values.length >= ROWS_OF_A_CLASS * found.size();
    }

    private static float[] present(CsvTable csv, String target) {
        float[] values = csv.column(target);
        for (int row = 0; row < values.length; row++) {
            if (Float.isNaN(values[row])) {
                throw new IllegalArgumentException(place(row, target) + " is missing; leave out rows without a target");
            }
        }
        return values;
    }

    private static String place(int row, String column) {
        return "table: row " + (row + 1) + ", column \"" + column + "\"";
    }

    private static String plain(float value) {
        return value == (int) value ? Integer.toString((int) value) : Float.toString(value);
    }

    private static boolean hasMissing(float[] values) {
        for (float value : values) {
            if (Float.isNaN(value)) {
                return true;
            }
        }
        return false;
    }

    /** What the rows mean. */
    public Schema schema() {
        return schema;
    }

    /** How many rows there are. */
    public int rows() {
        return inputs.dim(0);
    }

    /** The inputs, [rows, columns]. */
    public Tensor inputs() {
        return inputs;
    }

    /** The targets as the loss takes them: [rows] class indices of {@link Target.Classes}, else [rows, outputs]. */
    public Tensor targets() {
        return targets;
    }

    /** The rows as samples. */
    public Dataset data() {
        return Dataset.of(inputs, targets);
    }

    /**
     * Some of the rows.
     *
     * @throws IndexOutOfBoundsException if an index is not in [0, rows)
     */
    public Table rows(int... indices) {
        var batch = data().batch(indices);
        return new Table(schema, batch.inputs(), batch.targets());
    }

    /**
     * Cuts the rows, shuffled by the seed, in two; each class is cut in the same ratio.
     *
     * @param fraction of the rows that are trained on, rounded half to even for each class
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Split split(double fraction, long seed) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new IllegalArgumentException("the fraction of a split must be in [0, 1], not " + fraction);
        }
        int[] order = Rng.of(seed).permutation(rows());
        var first = new boolean[rows()];
        int classes = schema.target() instanceof Target.Binary ? 2 : isClasses() ? schema.target().outputs() : 1;
        float[] values = Storage.array(targets);
        for (int of = 0; of < classes; of++) {
            int wanted = of;
            int[] members = Arrays.stream(order).filter(row -> classes == 1 || values[row] == wanted).toArray();
            int cut = (int) Math.rint(fraction * members.length);
            for (int i = 0; i < cut; i++) {
                first[members[i]] = true;
            }
        }
        return new Split(
                rows(Arrays.stream(order).filter(row -> first[row]).toArray()),
                rows(Arrays.stream(order).filter(row -> !first[row]).toArray()));
    }

    private boolean isClasses() {
        return schema.target() instanceof Target.Classes;
    }

    /**
     * Settings that do well on tables of some hundred to some hundred thousand rows, with networks as
     * {@link Preprocessing#network} makes them: AdamW in batches of 32, strong weight decay, a learning rate that falls
     * to a hundredth along a cosine, 60 epochs but no more than 100,000 steps. No rows are kept back, since small
     * tables need them all to learn from.
     *
     * @param model takes raw rows
     */
    public Trainer trainer(Layer model) {
        return trainer(model, epochs());
    }

    /** How many epochs {@link #trainer(Layer)} trains for. */
    public int epochs() {
        return Math.clamp(MOST_STEPS / steps(), 1, MOST_EPOCHS);
    }

    /**
     * The settings of {@link #trainer(Layer)} for another number of epochs, over which the learning rate falls.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Trainer trainer(Layer model, int epochs) {
        int steps = steps();
        var rate = LearningRate.cosine(RATE, RATE / 100, Math.multiplyExact(epochs, steps));
        return Trainer
                .of(model, schema.target().loss(), Optimizer.adamW(rate).weightDecay(WeightDecay.ofMatrices(DECAY)))
                .batchSize(BATCH)
                .epochs(epochs);
    }

    /** Optimizer steps in an epoch. */
    private int steps() {
        return Math.ceilDiv(Math.max(1, rows()), BATCH);
    }

    /** The size and the columns. */
    @Override
    public String toString() {
        return "Table(" + rows() + " rows; " + schema.columns() + " → " + schema.target() + ")";
    }
}
