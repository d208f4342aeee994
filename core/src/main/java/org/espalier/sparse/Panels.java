package org.espalier.sparse;

import java.util.Objects;
import org.espalier.kernel.Activation;
import org.espalier.kernel.Kernels;

/**
 * Batches for kernels that want features × batch: a thread's own buffers for some samples transposed, few enough to
 * stay in the cache, and for their results before they are transposed back.
 */
final class Panels {
    /** Samples that are multiplied together. */
    static final int SAMPLES = 128;

    private static final int SINGLE = 2;
    private static final ThreadLocal<Panels> OWN = new ThreadLocal<>();

    private float[] x = new float[0];
    private float[] y = new float[0];

    private Panels() {}

    static Panels own() {
        var own = OWN.get();
        if (own == null) {
            own = new Panels();
            OWN.set(own);
        }
        return own;
    }

    /** Whether to multiply sample by sample: the same bits, and less to do than for a panel that is mostly padding. */
    static boolean single(int batch) {
        return batch <= SINGLE;
    }

    /** {@link SparseMatrix#linear} by a layout's {@code linearByFeatures}, some samples at a time. */
    static void linear(SparseMatrix w, int batch, float[] x, int xo, float[] bias, Activation activation, float[] y,
            int yo) {
        var panels = own();
        for (int i = 0; i < batch; i += SAMPLES) {
            int samples = Math.min(SAMPLES, batch - i);
            float[] to = panels.out(w, samples);
            w.linearByFeatures(true, samples, x, xo + i * w.cols(), bias, activation, to);
            panels.deliver(w, samples, y, yo + i * w.rows());
        }
    }

    /** The samples [samples × cols] as [cols × samples]. */
    float[] in(SparseMatrix w, int samples, float[] from, int at) {
        if (x.length < samples * w.cols()) {
            x = new float[samples * w.cols()];
        }
        Kernels.active().transpose(samples, w.cols(), from, at, x, 0);
        return x;
    }

    /** Room for the results [rows × samples]. */
    float[] out(SparseMatrix w, int samples) {
        if (y.length < samples * w.rows()) {
            y = new float[samples * w.rows()];
        }
        return y;
    }

    /** Writes what {@link #out} holds as [samples × rows]. */
    void deliver(SparseMatrix w, int samples, float[] to, int at) {
        Kernels.active().transpose(w.rows(), samples, y, 0, to, at);
    }

    /** Kernels trust their arguments, so those of a layer are checked here. */
    static void check(SparseMatrix w, int batch, float[] x, int xo, float[] bias, Activation activation, float[] y,
            int yo) {
        Objects.requireNonNull(activation, "activation");
        if (batch < 0) {
            throw new IllegalArgumentException("sparse product: a batch of " + batch);
        }
        Objects.checkFromIndexSize(xo, Math.multiplyExact(batch, w.cols()), x.length);
        Objects.checkFromIndexSize(yo, Math.multiplyExact(batch, w.rows()), y.length);
        if (bias != null) {
            Objects.checkFromIndexSize(0, w.rows(), bias.length);
        }
    }
}
