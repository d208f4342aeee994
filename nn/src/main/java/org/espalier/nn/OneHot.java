package org.espalier.nn;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.step.Step;
import org.espalier.nn.step.Steps;
import org.espalier.nn.step.Workspace;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * Turns categories into indicators: each column holds the index of a level and becomes as many features as there are
 * levels, 1 for the level it holds and 0 for the others. A missing value (NaN) or an index that is no level makes them
 * all 0. From [..., columns] to [..., levels of all columns].
 */
public final class OneHot implements Layer {
    private final int columns;
    /** The column and the level of each output feature. */
    private final int[] sources;
    private final int[] levels;

    private OneHot(int columns, int[] sources, int[] levels) {
        this.columns = columns;
        this.sources = sources;
        this.levels = levels;
        for (int i = 0; i < levels.length; i++) {
            if (levels[i] >= Labels.LIMIT) {
                throw new IllegalArgumentException("one-hot: level " + levels[i] + " is not below " + Labels.LIMIT);
            }
        }
    }

    /**
     * A layer for columns of categories.
     *
     * @param counts how many levels each column has
     * @throws IllegalArgumentException if a count is negative or beyond {@link Labels#LIMIT}
     */
    public static OneHot of(int... counts) {
        var all = new int[counts.length][];
        for (int column = 0; column < counts.length; column++) {
            if (counts[column] < 0 || counts[column] > Labels.LIMIT) {
                throw new IllegalArgumentException("one-hot: column " + column + " has " + counts[column] + " levels");
            }
            all[column] = range(counts[column]);
        }
        return of(all);
    }

    private static OneHot of(int[][] levels) {
        int size = 0;
        for (int[] ofColumn : levels) {
            size += ofColumn.length;
        }
        var sources = new int[size];
        var all = new int[size];
        int at = 0;
        for (int column = 0; column < levels.length; column++) {
            for (int level : levels[column]) {
                sources[at] = column;
                all[at++] = level;
            }
        }
        return new OneHot(levels.length, sources, all);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        if (x.rank() == 0 || x.dim(-1) != columns) {
            throw new ShapeException("one-hot: needs x [..., " + columns + "], not " + x.shape());
        }
        var wanted = new float[levels.length];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = levels[i];
        }
        return x.gather(-1, sources).equalTo(Tensor.vector(wanted));
    }

    @Override
    public int in() {
        return columns;
    }

    @Override
    public Dependency dependency() {
        return new Dependency.Selected(sources);
    }

    @Override
    public void compile(Steps steps) {
        steps.rows(new Indicators(columns, sources, levels));
    }

    private record Indicators(int in, int[] sources, int[] levels) implements Step {
        @Override
        public int out() {
            return sources.length;
        }

        @Override
        public long bytes() {
            return 8L * sources.length;
        }

        @Override
        public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < sources.length; i++) {
                    y[yo + row * sources.length + i] = x[xo + row * in + sources[i]] == levels[i] ? 1 : 0;
                }
            }
        }

        @Override
        public String toString() {
            return "one-hot(" + in + " → " + out() + ")";
        }
    }

    @Override
    public LayerConfig config() {
        return narrowed(range(columns), range(levels.length));
    }

    // without a lambda: a model that is loaded asks for this
    private static int[] range(int end) {
        var range = new int[end];
        for (int i = 0; i < end; i++) {
            range[i] = i;
        }
        return range;
    }

    /** The levels of each column, as arrays: {@code {"levels": [[0, 1, 2], [0, 1]]}}. */
    @Override
    public LayerConfig narrowed(int[] inputs, int[] outputs) {
        var ofColumns = new ArrayList<Json>();
        int next = 0;
        for (int column : inputs) {
            var own = new ArrayList<Json>();
            while (next < outputs.length && sources[outputs[next]] == column) {
                own.add(new Json.Int(levels[outputs[next++]]));
            }
            ofColumns.add(Json.array(own));
        }
        return new LayerConfig("one_hot", Json.object().with("levels", Json.array(ofColumns)));
    }

    static OneHot build(Blueprint plan) throws FormatException {
        List<Json> columns = plan.attributes().items("levels");
        var levels = new int[columns.size()][];
        for (int column = 0; column < levels.length; column++) {
            if (!(columns.get(column) instanceof Json.Arr array)) {
                throw new FormatException("config", "the levels of column " + column + " are not an array");
            }
            levels[column] = new int[array.items().size()];
            for (int i = 0; i < levels[column].length; i++) {
                if (!(array.items().get(i) instanceof Json.Int(long level)) || level < 0 || level >= Labels.LIMIT) {
                    throw new FormatException("config", "a level of column " + column + " is not an index");
                }
                levels[column][i] = (int) level;
            }
        }
        return of(levels);
    }

    /** For example {@code OneHot(2 → 7)}. */
    @Override
    public String toString() {
        return "OneHot(" + columns + " → " + levels.length + ")";
    }
}
