package org.espalier.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.espalier.io.CsvColumn;
import org.espalier.io.CsvTable;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.table.Table;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/**
 * A table made by a published formula, or of small pictures of MNIST: something to choose presets by, so that real
 * tables can judge them.
 *
 * @param name of the formula
 * @param metric how good a model is
 * @param table all rows
 */
record MadeTable(String name, Metric metric, Table table) {
    /** A row of a formula: the inputs, and the target in the last place. */
    private interface Formula {
        float[] row(Rng rng);
    }

    /** Those that presets are chosen by. */
    static List<MadeTable> choosing() throws IOException {
        return List.of(
                classes("twonorm", 300, MadeTable::twonorm),
                classes("threenorm", 400, MadeTable::threenorm),
                pictures("pictures 7x7", 1800, 0, 4),
                numbers("friedman1", 450, MadeTable::friedman1));
    }

    /** Those that they are judged by. */
    static List<MadeTable> judging() throws IOException {
        return List.of(
                classes("waveform", 300, MadeTable::waveform),
                classes("ringnorm", 400, MadeTable::ringnorm),
                pictures("pictures 14x14", 1000, 30_000, 2),
                numbers("friedman2", 450, MadeTable::friedman2));
    }

    private static MadeTable classes(String name, int rows, Formula formula) {
        return new MadeTable(name, Metric.accuracy(), Table.classification(csv(rows, formula), "target"));
    }

    private static MadeTable numbers(String name, int rows, Formula formula) {
        return new MadeTable(name, Metric.rSquared(), Table.regression(csv(rows, formula), "target"));
    }

    private static CsvTable csv(int rows, Formula formula) {
        var rng = Rng.of(1);
        var all = new ArrayList<float[]>();
        for (int row = 0; row < rows; row++) {
            all.add(formula.row(rng.split(row)));
        }
        return csv(all);
    }

    private static CsvTable csv(List<float[]> rows) {
        int columns = rows.getFirst().length;
        var names = new ArrayList<CsvColumn>();
        for (int column = 1; column < columns; column++) {
            names.add(CsvColumn.numbers("x" + column));
        }
        names.add(CsvColumn.numbers("target"));
        var values = new float[rows.size() * columns];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, values, row * columns, columns);
        }
        return new CsvTable(names, Storage.adopt(Shape.of(rows.size(), columns), values));
    }

    private static float[] gaussians(Rng rng, int columns) {
        var row = new float[columns + 1];
        for (int i = 0; i < columns; i++) {
            row[i] = rng.nextGaussian();
        }
        return row;
    }

    private static void shift(float[] row, float by) {
        for (int i = 0; i < row.length - 1; i++) {
            row[i] += by;
        }
    }

    /** Two clusters in 20 dimensions (Breiman 1996). */
    private static float[] twonorm(Rng rng) {
        float[] row = gaussians(rng, 20);
        row[20] = rng.nextInt(2);
        shift(row, (row[20] == 0 ? 2 : -2) / (float) Math.sqrt(20));
        return row;
    }

    /** One cluster between the two of the other class (Breiman 1996). */
    private static float[] threenorm(Rng rng) {
        float[] row = gaussians(rng, 20);
        row[20] = rng.nextInt(2);
        float a = 2 / (float) Math.sqrt(20);
        if (row[20] == 0) {
            shift(row, rng.nextInt(2) == 0 ? a : -a);
        } else {
            for (int i = 0; i < 20; i++) {
                row[i] += i % 2 == 0 ? a : -a;
            }
        }
        return row;
    }

    /** A wide cluster around a narrow one (Breiman 1996). */
    private static float[] ringnorm(Rng rng) {
        float[] row = gaussians(rng, 20);
        row[20] = rng.nextInt(2);
        if (row[20] == 0) {
            for (int i = 0; i < 20; i++) {
                row[i] *= 2;
            }
        } else {
            shift(row, 1 / (float) Math.sqrt(20));
        }
        return row;
    }

    /** Mixtures of two of three triangles, with noise (Breiman et al. 1984). */
    private static float[] waveform(Rng rng) {
        float[] row = gaussians(rng, 21);
        row[21] = rng.nextInt(3);
        float share = rng.nextFloat();
        int first = row[21] == 2 ? 15 : 11;
        int second = row[21] == 0 ? 15 : 7;
        for (int i = 0; i < 21; i++) {
            row[i] += share * Math.max(0, 6 - Math.abs(i + 1 - first))
                    + (1 - share) * Math.max(0, 6 - Math.abs(i + 1 - second));
        }
        return row;
    }

    /** 10 sin(πx₁x₂) + 20 (x₃ − ½)² + 10x₄ + 5x₅ of ten columns, with noise (Friedman 1991). */
    private static float[] friedman1(Rng rng) {
        var row = new float[11];
        for (int i = 0; i < 10; i++) {
            row[i] = rng.nextFloat();
        }
        row[10] = (float) (10 * StrictMath.sin(Math.PI * row[0] * row[1]) + 20 * (row[2] - 0.5) * (row[2] - 0.5)
                + 10 * row[3] + 5 * row[4]) + 2 * rng.nextGaussian();
        return row;
    }

    /** The impedance of a circuit, with noise (Friedman 1991). */
    private static float[] friedman2(Rng rng) {
        var row = new float[5];
        row[0] = 100 * rng.nextFloat();
        row[1] = (float) Math.PI * (40 + 520 * rng.nextFloat());
        row[2] = rng.nextFloat();
        row[3] = 1 + 10 * rng.nextFloat();
        double reactance = row[1] * row[2] - 1 / (row[1] * row[3]);
        row[4] = (float) StrictMath.hypot(row[0], reactance) + 125 * rng.nextGaussian();
        return row;
    }

    /** Digits, each pixel the mean of {@code side · side} pixels. */
    private static MadeTable pictures(String name, int rows, int from, int side) throws IOException {
        Dataset digits = MnistData.load(null, 0, 1).train();
        var batch = digits.range(from, from + rows);
        float[] pixels = Storage.array(batch.inputs());
        float[] targets = Storage.array(batch.targets());
        int width = 28 / side;
        var all = new ArrayList<float[]>();
        for (int image = 0; image < rows; image++) {
            var row = new float[width * width + 1];
            for (int pixel = 0; pixel < 784; pixel++) {
                row[pixel / 28 / side * width + pixel % 28 / side] += pixels[image * 784 + pixel] / (side * side);
            }
            row[width * width] = targets[image];
            all.add(row);
        }
        return new MadeTable(name, Metric.accuracy(), Table.classification(csv(all), "target"));
    }
}
