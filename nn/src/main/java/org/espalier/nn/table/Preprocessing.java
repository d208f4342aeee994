package org.espalier.nn.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.Embedding;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Flatten;
import org.espalier.nn.Impute;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.MissingIndicator;
import org.espalier.nn.OneHot;
import org.espalier.nn.Relu;
import org.espalier.nn.Scale;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * How raw rows become features. What it needs to know (means, medians, levels) is learned from training rows and
 * becomes layers, the first of a model, so that the model takes raw rows wherever it goes.
 *
 * <p>Numbers: a missing one is replaced, then all are scaled; a column that has missing values among the training rows
 * also gives a feature that is 1 where the value was missing. Categories: a feature for each level that the training
 * rows have, 1 for the level of the row; a missing or other level gives zeros. A category of more than
 * {@link #embedAbove} levels is looked up in a learned table instead.
 *
 * @param filling what replaces a missing number
 * @param constant the number for {@link Filling#CONSTANT}
 * @param scaling how numbers are scaled
 * @param embedAbove the most levels that a category may have to be one-hot encoded
 */
public record Preprocessing(Filling filling, float constant, Scaling scaling, int embedAbove) {
    private static final int ONE_HOT_LEVELS = 64;
    private static final float DROPOUT = 0.2f;

    /** What replaces a missing number. */
    public enum Filling {
        /** The mean of the training rows' numbers. */
        MEAN,
        /** Their median. */
        MEDIAN,
        /** A given number. */
        CONSTANT
    }

    /** How numbers are scaled. A column that is constant among the training rows is only shifted. */
    public enum Scaling {
        /** To mean 0 and standard deviation 1. */
        STANDARD,
        /** To [0, 1]. */
        MIN_MAX,
        /** By median and interquartile range: outliers do not matter. */
        ROBUST,
        /** Not at all. */
        NONE
    }

    /** Medians for missing numbers, mean 0 and standard deviation 1, one-hot categories of up to 64 levels. */
    public static Preprocessing standard() {
        return new Preprocessing(Filling.MEDIAN, 0, Scaling.STANDARD, ONE_HOT_LEVELS);
    }

    /** This with another replacement of missing numbers: {@link Filling#MEAN} or {@link Filling#MEDIAN}. */
    public Preprocessing fill(Filling with) {
        return new Preprocessing(with, constant, scaling, embedAbove);
    }

    /** This with a given number in place of missing ones. */
    public Preprocessing fill(float number) {
        return new Preprocessing(Filling.CONSTANT, number, scaling, embedAbove);
    }

    /** This with another scaling of numbers. */
    public Preprocessing scale(Scaling by) {
        return new Preprocessing(filling, constant, by, embedAbove);
    }

    /** This with learned tables for categories of more levels than this. */
    public Preprocessing embedAbove(int levels) {
        return new Preprocessing(filling, constant, scaling, levels);
    }

    /**
     * The layers that turn raw rows [rows, columns] into features, with what they need learned from these rows.
     *
     * @throws IllegalArgumentException if the table has no rows or no columns, or a column nothing but missing values
     */
    public Layer fit(Table train) {
        if (train.rows() == 0 || train.schema().columns().isEmpty()) {
            throw new IllegalArgumentException(
                    "preprocessing: the table has no " + (train.rows() == 0 ? "rows" : "columns"));
        }
        var numbers = new ArrayList<Column>();
        var oneHot = new ArrayList<Column>();
        var branches = new LinkedHashMap<String, Layer>();
        var columns = train.schema().columns();
        for (int i = 0; i < columns.size(); i++) {
            var column = Column.of(train, i);
            if (!columns.get(i).isCategory()) {
                numbers.add(column);
            } else if (columns.get(i).levels().size() <= embedAbove) {
                oneHot.add(column);
            } else {
                branches.put("embedding" + (branches.size() + 1), embedding(train, column));
            }
        }
        if (!oneHot.isEmpty()) {
            branches.putFirst("categories", categories(train, oneHot));
        }
        var gaps = numbers.stream().filter(Column::hasMissing).toList();
        if (!gaps.isEmpty()) {
            branches.putFirst("missing", Sequential.of(select(train, gaps), new MissingIndicator()));
        }
        if (!numbers.isEmpty()) {
            branches.putFirst("numbers", numbers(train, numbers));
        }
        return branches.size() == 1 ? branches.firstEntry().getValue() : Concat.of(branches);
    }

    /**
     * A network for raw rows: these layers under the name {@code columns}, fully connected layers with ReLU and
     * dropout of 0.2, and an output for what the table predicts. The output of a regression is in the unit of the
     * target.
     *
     * @param train the training rows
     * @param hidden the widths of the hidden layers
     */
    public Sequential network(Table train, int... hidden) {
        var layers = new LinkedHashMap<String, Layer>();
        var columns = fit(train);
        layers.put("columns", columns);
        int width = columns.out(train.schema().columns().size());
        for (int i = 0; i < hidden.length; i++) {
            layers.put("fc" + (i + 1), Linear.of(width, hidden[i]));
            layers.put("relu" + (i + 1), new Relu());
            layers.put("dropout" + (i + 1), Dropout.of(DROPOUT));
            width = hidden[i];
        }
        layers.put("output", Linear.of(width, train.schema().target().outputs()));
        if (train.schema().target() instanceof Target.Regression) {
            var target = Column.of(Storage.array(train.targets()), 1, 0);
            double scale = target.deviation() == 0 ? 1 : target.deviation();
            layers.put("unit", Scale.of(Tensor.vector((float) scale), Tensor.vector((float) target.mean())));
        }
        return Sequential.of(layers);
    }

    private Layer numbers(Table train, List<Column> numbers) {
        var layers = new ArrayList<Layer>();
        layers.add(select(train, numbers));
        var fill = new float[numbers.size()];
        var center = new float[numbers.size()];
        var scale = new float[numbers.size()];
        for (int i = 0; i < fill.length; i++) {
            var column = numbers.get(i);
            if (column.sorted().length == 0) {
                throw new IllegalArgumentException("preprocessing: column \""
                        + train.schema().columns().get(column.index()).name() + "\" has no value in any training row; "
                        + "leave it out");
            }
            fill[i] = switch (filling) {
                case MEAN -> (float) column.mean();
                case MEDIAN -> column.quantile(0.5);
                case CONSTANT -> constant;
            };
            center[i] = switch (scaling) {
                case STANDARD -> (float) column.mean();
                case MIN_MAX -> column.quantile(0);
                case ROBUST -> column.quantile(0.5);
                case NONE -> 0;
            };
            double spread = switch (scaling) {
                case STANDARD -> column.deviation();
                case MIN_MAX -> (double) column.quantile(1) - column.quantile(0);
                case ROBUST -> (double) column.quantile(0.75) - column.quantile(0.25);
                case NONE -> 1;
            };
            // robust scaling of a column that is mostly one value: its standard deviation is the next best unit
            spread = spread == 0 && scaling == Scaling.ROBUST ? column.deviation() : spread;
            scale[i] = spread == 0 ? 1 : (float) (1 / spread);
        }
        layers.add(Impute.of(Tensor.vector(fill)));
        if (scaling != Scaling.NONE) {
            layers.add(Scale.of(Tensor.vector(center), Tensor.vector(scale), Tensor.zeros(Shape.of(scale.length))));
        }
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    private static Layer categories(Table train, List<Column> categories) {
        int[] counts = categories.stream()
                .mapToInt(column -> train.schema().columns().get(column.index()).levels().size())
                .toArray();
        var seen = IntStream.builder();
        int at = 0;
        for (int i = 0; i < counts.length; i++) {
            for (int level = 0; level < counts[i]; level++, at++) {
                if (Arrays.binarySearch(categories.get(i).sorted(), level) >= 0) {
                    seen.add(at);
                }
            }
        }
        int[] kept = seen.build().toArray();
        var encode = OneHot.of(counts);
        return kept.length == at
                ? Sequential.of(select(train, categories), encode)
                : Sequential.of(select(train, categories), encode, FeatureSelect.of(at, kept));
    }

    /** The last entry of the table is for missing values. */
    private static Layer embedding(Table train, Column column) {
        int levels = train.schema().columns().get(column.index()).levels().size();
        int width = (int) Math.min(50, Math.ceil(Math.sqrt(levels)));
        return Sequential.of(
                select(train, List.of(column)),
                Impute.of(Tensor.vector(levels)),
                Embedding.of(levels + 1, width),
                new Flatten());
    }

    private static Layer select(Table train, List<Column> columns) {
        return FeatureSelect.of(
                train.schema().columns().size(), columns.stream().mapToInt(Column::index).toArray());
    }

    /** The values of one column that are not missing, in ascending order. */
    private record Column(int index, int rows, float[] sorted) {
        static Column of(Table table, int index) {
            return of(Storage.array(table.inputs()), table.schema().columns().size(), index);
        }

        static Column of(float[] values, int columns, int index) {
            var present = new float[values.length / columns];
            int count = 0;
            for (int row = 0; row < present.length; row++) {
                float value = values[row * columns + index];
                if (!Float.isNaN(value)) {
                    present[count++] = value;
                }
            }
            float[] sorted = Arrays.copyOf(present, count);
            Arrays.sort(sorted);
            return new Column(index, present.length, sorted);
        }

        boolean hasMissing() {
            return sorted.length < rows;
        }

        double mean() {
            double sum = 0;
            for (float value : sorted) {
                sum += value;
            }
            return sum / sorted.length;
        }

        double deviation() {
            if (sorted[0] == sorted[sorted.length - 1]) {
                return 0;
            }
            double mean = mean();
            double sum = 0;
            for (float value : sorted) {
                sum += (value - mean) * (value - mean);
            }
            return Math.sqrt(sum / sorted.length);
        }

        /** Linear interpolation between the two values next to the quantile. */
        float quantile(double fraction) {
            double at = fraction * (sorted.length - 1);
            int below = (int) at;
            int above = Math.min(below + 1, sorted.length - 1);
            return (float) (sorted[below] + (at - below) * ((double) sorted[above] - sorted[below]));
        }
    }
}
