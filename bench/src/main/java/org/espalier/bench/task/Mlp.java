package org.espalier.bench.task;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A multilayer perceptron with ReLU between its layers and logits at its end.
 *
 * @param widths inputs, neurons of each hidden layer, outputs
 * @param zeros how many of a hundred weights of each layer are pruned: its smallest
 */
public record Mlp(List<Integer> widths, List<Integer> zeros) {
    /** The network with these widths and all its weights. */
    public static Mlp of(Integer... widths) {
        return new Mlp(List.of(widths), Collections.nCopies(widths.length - 1, 0));
    }

    /** This network with a percentage of its weights pruned: one for each layer, or one for all. */
    public Mlp pruned(Integer... percent) {
        return new Mlp(widths, percent.length == 1 ? Collections.nCopies(layers(), percent[0]) : List.of(percent));
    }

    /** Whether weights are pruned. */
    public boolean isPruned() {
        return zeros.stream().anyMatch(percent -> percent > 0);
    }

    /** How many layers have weights. */
    public int layers() {
        return widths.size() - 1;
    }

    /** Inputs of a layer. */
    public int in(int layer) {
        return widths.get(layer);
    }

    /** Neurons of a layer. */
    public int out(int layer) {
        return widths.get(layer + 1);
    }

    /** Inputs of the network. */
    public int inputs() {
        return widths.getFirst();
    }

    /** Outputs of the network. */
    public int outputs() {
        return widths.getLast();
    }

    /** The starting weight of a layer, [out × in], variance 2 / in before pruning; pruned weights are zero. */
    public float[] weight(int layer) {
        var weight = BenchData.uniform(100 + layer, out(layer) * in(layer));
        float scale = (float) Math.sqrt(6.0 / in(layer));
        for (int i = 0; i < weight.length; i++) {
            weight[i] *= scale;
        }
        if (zeros.get(layer) > 0) {
            var sizes = new float[weight.length];
            for (int i = 0; i < weight.length; i++) {
                sizes[i] = Math.abs(weight[i]);
            }
            Arrays.sort(sizes);
            float least = sizes[(int) ((long) weight.length * zeros.get(layer) / 100)];
            for (int i = 0; i < weight.length; i++) {
                weight[i] = Math.abs(weight[i]) < least ? 0 : weight[i];
            }
        }
        return weight;
    }

    /** The starting bias of a layer, small and not zero so that a forgotten bias is noticed. */
    public float[] bias(int layer) {
        var bias = BenchData.uniform(200 + layer, out(layer));
        for (int i = 0; i < bias.length; i++) {
            bias[i] *= 0.05f;
        }
        return bias;
    }

    /** How many weights a layer has that are not pruned. */
    public long weights(int layer) {
        return (long) in(layer) * out(layer) * (100 - zeros.get(layer)) / 100;
    }

    /** How many weights there are that are not pruned, biases not counted. */
    public long weights() {
        long count = 0;
        for (int layer = 0; layer < layers(); layer++) {
            count += weights(layer);
        }
        return count;
    }

    /** For example {@code 784-300-100-10} or {@code 784-300-100-10 zeros 93/90/60%}. */
    @Override
    public String toString() {
        var text = widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
        return isPruned()
                ? text + " zeros "
                        + zeros.stream().distinct().map(String::valueOf).collect(Collectors.joining("/")) + "%"
                : text;
    }
}
