package org.espalier.nn.infer;

import org.espalier.kernel.choice.KernelChoice;
import org.espalier.nn.Activation;
import org.espalier.nn.Gelu;
import org.espalier.nn.LeakyRelu;
import org.espalier.nn.Relu;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Softmax;
import org.espalier.nn.Softplus;
import org.espalier.nn.Tanh;

/** An activation: the same bits as the layer's. */
record ActivationStep(Activation function, int width) implements Step {
    @Override
    public int in() {
        return width;
    }

    @Override
    public int out() {
        return width;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void apply(float[] x, int xo, int rows, float[] y, int yo, Workspace workspace) {
        var kernels = KernelChoice.current().dense();
        int n = rows * width;
        if (function instanceof Relu) {
            relu(x, xo, y, yo, n);
        } else if (function instanceof LeakyRelu leaky) {
            leakyRelu(leaky.slope(), x, xo, y, yo, n);
        } else if (function instanceof Tanh) {
            kernels.tanh(x, xo, y, yo, n);
        } else if (function instanceof Sigmoid) {
            kernels.sigmoid(x, xo, y, yo, n);
        } else if (function instanceof Gelu) {
            kernels.gelu(x, xo, y, yo, n);
        } else if (function instanceof Softplus) {
            kernels.softplus(x, xo, y, yo, n);
        } else if (function instanceof Softmax) {
            kernels.softmax(rows, width, x, xo, y, yo);
        } else {
            throw new IllegalStateException("inference: no kernel for " + function);
        }
    }

    private static void relu(float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            y[yo + i] = Math.max(x[xo + i], 0f);
        }
    }

    private static void leakyRelu(float slope, float[] x, int xo, float[] y, int yo, int n) {
        for (int i = 0; i < n; i++) {
            float value = x[xo + i];
            y[yo + i] = value > 0 ? value : value * slope;
        }
    }

    @Override
    public String toString() {
        return function.toString();
    }
}
