package org.espalier.kernel;

import java.util.Arrays;

/** The specification of {@link SparseKernels} in plain Java, and what runs where the Vector API cannot. */
public final class ScalarSparse implements SparseKernels {
    /** The one instance. */
    public static final ScalarSparse INSTANCE = new ScalarSparse();

    private ScalarSparse() {}

    @Override
    public void csr(Csr w, float[] values, boolean transX, boolean transY, int from, int to, int batch, float[] x,
            int xo, int ldx, float[] bias, FusedActivation activation, float[] y, int yo, int ldy) {
        int height = w.height();
        int feature = transX ? 1 : ldx;
        int sample = transX ? ldx : 1;
        int row = transY ? 1 : ldy;
        int result = transY ? ldy : 1;
        for (int r = from; r < to; r++) {
            int line = yo + r * row;
            for (int j = 0; j < batch; j++) {
                y[line + j * result] = 0f;
            }
            for (int first = 0, at = r / height; first < w.cols(); first += w.width(), at += w.blockRows()) {
                for (int p = w.offsets()[at]; p < w.offsets()[at + 1]; p++) {
                    addScaled(batch, values[p * height + r % height], x, xo + (first + w.columns()[p]) * feature,
                            sample, y, line, result);
                }
            }
            finish(batch, bias == null ? -0f : bias[r], activation, y, line, result);
        }
    }

    @Override
    public void csrVector(Csr w, float[] values, int from, int to, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        int height = w.height();
        for (int r = from; r < to; r++) {
            float sum = 0f;
            for (int first = 0, at = r / height; first < w.cols(); first += w.width(), at += w.blockRows()) {
                for (int p = w.offsets()[at]; p < w.offsets()[at + 1]; p++) {
                    sum = Fma.of(values[p * height + r % height], x[xo + first + w.columns()[p]], sum);
                }
            }
            y[yo + r] = sum;
            finish(1, bias == null ? -0f : bias[r], activation, y, yo + r, 1);
        }
    }

    @Override
    public void sellVector(Sell w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        for (int place = from; place < to; place++) {
            int lane = place % SELL_ROWS;
            float sum = 0f;
            for (int s = w.steps()[place / SELL_ROWS]; s < w.steps()[place / SELL_ROWS + 1]; s++) {
                int column = (int) (w.columns()[s] >>> Character.SIZE * lane) & Character.MAX_VALUE;
                sum = Fma.of(w.values()[s * SELL_ROWS + lane], x[xo + column], sum);
            }
            for (int p = w.tails()[place]; p < w.tails()[place + 1]; p++) {
                sum = Fma.of(w.tailValues()[p], x[xo + w.tailColumns()[p]], sum);
            }
            int row = w.order()[place];
            y[yo + row] = sum;
            finish(1, bias == null ? -0f : bias[row], activation, y, yo + row, 1);
        }
    }

    @Override
    public void permuteVector(Permute w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        int rows = w.rows();
        for (int place = from; place < to; place++) {
            int group = place / rows;
            int lane = place % rows;
            float sum = 0f;
            for (int s = w.slots()[group]; s < w.slots()[group + 1] && !w.ends(s); s++) {
                sum = Fma.of(w.values()[s * rows + lane], x[xo + w.column(s, lane)], sum);
            }
            int row = w.order()[place];
            y[yo + row] = sum;
            finish(1, bias == null ? -0f : bias[row], activation, y, yo + row, 1);
        }
    }

    @Override
    public void bitmapVector(Bitmap w, int from, int to, int cols, float[] x, int xo, float[] bias,
            FusedActivation activation, float[] y, int yo) {
        Arrays.fill(y, yo + from, yo + to, 0f);
        for (int first = from; first < to; first += BITMAP_ROWS) {
            int at = w.starts()[first / BITMAP_ROWS];
            for (int c = 0; c < cols; c++) {
                long word = w.bits()[first / BITMAP_ROWS * cols + c];
                for (int r = first; r < Math.min(to, first + BITMAP_ROWS); r++) {
                    float value = (word >>> r & 1) == 0 ? 0f : w.values()[at++];
                    y[yo + r] = Fma.of(value, x[xo + c], y[yo + r]);
                }
            }
        }
        for (int r = from; r < to; r++) {
            finish(1, bias == null ? -0f : bias[r], activation, y, yo + r, 1);
        }
    }

    @Override
    public void sddmm(Csr w, int from, int to, int batch, float[] g, float[] x, float[] out) {
        int rows = w.rows();
        int cols = w.cols();
        var lanes = new float[Kernels.LANES];
        for (int r = from; r < to; r++) {
            for (int first = 0, at = r; first < cols; first += w.width(), at += rows) {
                for (int p = w.offsets()[at]; p < w.offsets()[at + 1]; p++) {
                    for (int j = 0; j < batch; j += SDDMM_SAMPLES) {
                        int samples = Math.min(SDDMM_SAMPLES, batch - j);
                        float sum = dot(
                                samples, g, j * rows + r, rows, x, j * cols + first + w.columns()[p], cols, lanes);
                        out[p] = j == 0 ? sum : out[p] + sum;
                    }
                }
            }
        }
    }

    private static float dot(int n, float[] g, int go, int ldg, float[] x, int xo, int ldx,
            float[] lanes) {
        Arrays.fill(lanes, 0f);
        for (int i = 0; i < n; i++) {
            int lane = i % Kernels.LANES;
            lanes[lane] = Fma.of(x[xo + i * ldx], g[go + i * ldg], lanes[lane]);
        }
        return folded(lanes, 0, Kernels.LANES);
    }

    /** The sum of lanes, a power of two of them, in halves; overwrites them. */
    public static float folded(float[] lanes, int at, int count) {
        for (int half = count / 2; half > 0; half /= 2) {
            for (int i = at; i < at + half; i++) {
                lanes[i] += lanes[i + half];
            }
        }
        return lanes[at];
    }

    private static void addScaled(int n, float factor, float[] x, int xo, int step, float[] y, int yo, int to) {
        for (int j = 0; j < n; j++) {
            y[yo + j * to] = Fma.of(factor, x[xo + j * step], y[yo + j * to]);
        }
    }

    /** Adding a bias of −0 changes nothing. */
    private static void finish(int n, float bias, FusedActivation activation, float[] y, int yo, int step) {
        for (int j = yo; j < yo + n * step; j += step) {
            float sum = y[j] + bias;
            y[j] = switch (activation) {
                case NONE -> sum;
                case RELU -> Math.max(sum, 0f);
                case TANH -> ScalarMath.tanh(sum);
                case SIGMOID -> ScalarMath.sigmoid(sum);
                case GELU -> ScalarMath.gelu(sum);
            };
        }
    }
}
