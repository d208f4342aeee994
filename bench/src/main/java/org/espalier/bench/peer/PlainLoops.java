package org.espalier.bench.peer;

import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.Dense;
import org.espalier.bench.task.Elementwise;
import org.espalier.bench.task.MatrixProduct;
import org.espalier.bench.task.RowSoftmax;
import org.espalier.bench.task.VectorSum;
import org.espalier.bench.task.Workload;

/** What one writes without a library: the loops of the textbook. */
final class PlainLoops implements Peer {
    /** Larger products only show again that their columns miss the caches, and take seconds. */
    private static final double LARGEST_PRODUCT = 1e6;

    @Override
    public String name() {
        return "loop";
    }

    @Override
    public String describe() {
        return "plain Java loops, as the JIT compiles them";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        if (task.threads() != 1) {
            return Optional.empty();
        }
        return switch (task) {
            case MatrixProduct product when task.cost().flops() < LARGEST_PRODUCT ->
                    Optional.of(() -> product(product));
            case Dense dense when task.cost().flops() < LARGEST_PRODUCT -> Optional.of(() -> dense(dense));
            case Elementwise map -> Optional.of(() -> map(map));
            case RowSoftmax softmax -> Optional.of(() -> softmax(softmax));
            case VectorSum sum -> Optional.of(() -> sum(sum));
            default -> Optional.empty();
        };
    }

    private static Work product(MatrixProduct task) {
        var a = task.a();
        var b = task.b();
        var c = new float[task.m() * task.n()];
        return Work.filling(c, () -> multiply(task.m(), task.n(), task.k(), a, b, c));
    }

    private static void multiply(int m, int n, int k, float[] a, float[] b, float[] c) {
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                float sum = 0;
                for (int p = 0; p < k; p++) {
                    sum += a[i * k + p] * b[p * n + j];
                }
                c[i * n + j] = sum;
            }
        }
    }

    private static Work dense(Dense task) {
        var x = task.x();
        var w = task.w();
        var y = new float[task.batch() * task.out()];
        return Work.filling(y, () -> layer(task.batch(), task.out(), task.in(), x, w, y));
    }

    private static void layer(int batch, int out, int in, float[] x, float[] w, float[] y) {
        for (int b = 0; b < batch; b++) {
            for (int o = 0; o < out; o++) {
                float sum = 0;
                for (int i = 0; i < in; i++) {
                    sum += x[b * in + i] * w[o * in + i];
                }
                y[b * out + o] = sum;
            }
        }
    }

    private static Work map(Elementwise task) {
        var x = task.x();
        var y = new float[task.n()];
        return Work.filling(y, switch (task.function()) {
            case EXP -> () -> exp(x, y);
            case TANH -> () -> tanh(x, y);
        });
    }

    private static void exp(float[] x, float[] y) {
        for (int i = 0; i < x.length; i++) {
            y[i] = (float) Math.exp(x[i]);
        }
    }

    private static void tanh(float[] x, float[] y) {
        for (int i = 0; i < x.length; i++) {
            y[i] = (float) Math.tanh(x[i]);
        }
    }

    private static Work softmax(RowSoftmax task) {
        var x = task.x();
        var y = new float[x.length];
        return Work.filling(y, () -> {
            for (int row = 0; row < task.rows(); row++) {
                softmaxRow(x, y, row * task.cols(), (row + 1) * task.cols());
            }
        });
    }

    private static void softmaxRow(float[] x, float[] y, int from, int to) {
        float max = Float.NEGATIVE_INFINITY;
        for (int i = from; i < to; i++) {
            max = Math.max(max, x[i]);
        }
        float sum = 0;
        for (int i = from; i < to; i++) {
            y[i] = (float) Math.exp(x[i] - max);
            sum += y[i];
        }
        for (int i = from; i < to; i++) {
            y[i] /= sum;
        }
    }

    private static Work sum(VectorSum task) {
        var x = task.x();
        var y = new float[1];
        return Work.filling(y, () -> y[0] = sum(x));
    }

    private static float sum(float[] x) {
        float sum = 0;
        for (float value : x) {
            sum += value;
        }
        return sum;
    }
}
