package org.espalier.bench.task;

import java.util.BitSet;

/** A perceptron in double precision, as plainly as possible: what the peers' outputs and losses are compared with. */
final class ReferenceNet {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final Mlp net;
    private final double[][] weights;
    private final double[][] biases;
    private final BitSet[] pruned;
    private final double[][][] moments;
    private int steps;

    ReferenceNet(Mlp net) {
        this.net = net;
        weights = new double[net.layers()][];
        biases = new double[net.layers()][];
        pruned = new BitSet[net.layers()];
        moments = new double[net.layers()][][];
        for (int l = 0; l < net.layers(); l++) {
            weights[l] = widen(net.weight(l));
            biases[l] = widen(net.bias(l));
            pruned[l] = new BitSet();
            for (int i = 0; i < weights[l].length; i++) {
                pruned[l].set(i, net.zeros().get(l) > 0 && weights[l][i] == 0);
            }
            moments[l] = new double[][] {
                new double[weights[l].length], new double[weights[l].length],
                new double[biases[l].length], new double[biases[l].length]
            };
        }
    }

    /** The logits, [batch × outputs]. */
    double[] forward(float[] x, int batch) {
        return activations(x, batch)[net.layers()];
    }

    /** Takes one Adam step and returns the loss before it. */
    double step(float[] x, int[] labels) {
        int batch = labels.length;
        var values = activations(x, batch);
        var delta = values[net.layers()].clone();
        double loss = lossAndGradient(delta, labels);
        steps++;
        for (int l = net.layers() - 1; l >= 0; l--) {
            int in = net.in(l);
            int out = net.out(l);
            var weightGradient = new double[out * in];
            var biasGradient = new double[out];
            var below = new double[batch * in];
            for (int b = 0; b < batch; b++) {
                for (int o = 0; o < out; o++) {
                    double d = delta[b * out + o];
                    if (d != 0) {
                        biasGradient[o] += d;
                        addScaled(in, d, values[l], b * in, weightGradient, o * in);
                        addScaled(in, d, weights[l], o * in, below, b * in);
                    }
                }
            }
            for (int i = 0; i < below.length; i++) {
                below[i] = values[l][i] > 0 ? below[i] : 0;
            }
            for (int i = 0; i < weightGradient.length; i++) {
                weightGradient[i] = pruned[l].get(i) ? 0 : weightGradient[i];
            }
            adam(weights[l], weightGradient, moments[l][0], moments[l][1]);
            adam(biases[l], biasGradient, moments[l][2], moments[l][3]);
            delta = below;
        }
        return loss;
    }

    /** The input, then the output of each layer: after ReLU, but for the last. */
    private double[][] activations(float[] x, int batch) {
        var values = new double[net.layers() + 1][];
        values[0] = widen(x);
        for (int l = 0; l < net.layers(); l++) {
            int in = net.in(l);
            int out = net.out(l);
            var transposed = transpose(out, in, weights[l]);
            var y = new double[batch * out];
            for (int b = 0; b < batch; b++) {
                System.arraycopy(biases[l], 0, y, b * out, out);
                for (int i = 0; i < in; i++) {
                    double value = values[l][b * in + i];
                    if (value != 0) {
                        addScaled(out, value, transposed, i * out, y, b * out);
                    }
                }
            }
            for (int i = 0; l < net.layers() - 1 && i < y.length; i++) {
                y[i] = Math.max(y[i], 0);
            }
            values[l + 1] = y;
        }
        return values;
    }

    /** Turns logits into the gradient of the mean cross-entropy, in place. */
    private double lossAndGradient(double[] logits, int[] labels) {
        int classes = net.outputs();
        double loss = 0;
        for (int b = 0; b < labels.length; b++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(logits[b * classes + c]);
            }
            loss += Math.log(sum) - logits[b * classes + labels[b]];
            for (int c = 0; c < classes; c++) {
                double p = Math.exp(logits[b * classes + c]) / sum;
                logits[b * classes + c] = (p - (c == labels[b] ? 1 : 0)) / labels.length;
            }
        }
        return loss / labels.length;
    }

    private void adam(double[] w, double[] g, double[] m, double[] v) {
        double correction1 = 1 - Math.pow(BETA1, steps);
        double correction2 = 1 - Math.pow(BETA2, steps);
        for (int i = 0; i < w.length; i++) {
            m[i] = BETA1 * m[i] + (1 - BETA1) * g[i];
            v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
            double mean = m[i] / correction1;
            double square = v[i] / correction2;
            w[i] -= Training.RATE * mean / (Math.sqrt(square) + EPSILON);
        }
    }

    private static void addScaled(int n, double factor, double[] x, int xo, double[] y, int yo) {
        for (int i = 0; i < n; i++) {
            y[yo + i] += factor * x[xo + i];
        }
    }

    private static double[] transpose(int rows, int cols, double[] x) {
        var y = new double[x.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < cols; c++) {
                y[c * rows + r] = x[r * cols + c];
            }
        }
        return y;
    }

    private static double[] widen(float[] x) {
        var wide = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            wide[i] = x[i];
        }
        return wide;
    }
}
