package org.espalier.bench.task;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A multilayer perceptron with rectifiers between its layers and logits at its end.
 *
 * @param widths inputs, neurons of each hidden layer, outputs
 */
public record Mlp(List<Integer> widths) {
    /** The network with these widths. */
    public static Mlp of(Integer... widths) {
        return new Mlp(List.of(widths));
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

    /** The starting weight of a layer, [out × in], variance 2 / in. */
    public float[] weight(int layer) {
        var weight = Data.uniform(100 + layer, out(layer) * in(layer));
        float scale = (float) Math.sqrt(6.0 / in(layer));
        for (int i = 0; i < weight.length; i++) {
            weight[i] *= scale;
        }
        return weight;
    }

    /** The starting bias of a layer, small and not zero so that a forgotten bias is noticed. */
    public float[] bias(int layer) {
        var bias = Data.uniform(200 + layer, out(layer));
        for (int i = 0; i < bias.length; i++) {
            bias[i] *= 0.05f;
        }
        return bias;
    }

    /** How many weights there are, biases not counted. */
    public long weights() {
        long count = 0;
        for (int layer = 0; layer < layers(); layer++) {
            count += (long) in(layer) * out(layer);
        }
        return count;
    }

    /** For example {@code 784-300-100-10}. */
    @Override
    public String toString() {
        return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }
}
