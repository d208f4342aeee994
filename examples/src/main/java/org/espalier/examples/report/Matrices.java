package org.espalier.examples.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.espalier.nn.Dependency;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Storage;

/** The weight matrices of a model's linear layers, and what is kept of them. */
final class Matrices {
    private static final int BINS = 60;

    private Matrices() {}

    /** The linear layers in order; a weight in two places comes once. */
    static List<Matrix> of(Layer model) {
        var all = new ArrayList<Matrix>();
        var seen = new ArrayList<Parameter>();
        Layers.walk(model, (name, layer) -> {
            if (layer.dependency() instanceof Dependency.Dense dense && !seen.contains(dense.weight())) {
                seen.add(dense.weight());
                all.add(Matrix.of(name, dense.weight()));
            }
        });
        return all;
    }

    /**
     * A weight matrix [neurons, inputs].
     *
     * @param name the layer's
     * @param values row by row
     * @param keeps whether an element is kept
     * @param byNeuron kept weights of each neuron
     * @param byInput kept weights of each input
     */
    record Matrix(String name, int neurons, int inputs, float[] values, IntPredicate keeps, int[] byNeuron,
            int[] byInput) {
        static Matrix of(String name, Parameter weight) {
            int neurons = weight.shape().dim(0);
            int inputs = weight.shape().dim(1);
            float[] values = Storage.array(weight.value());
            IntPredicate keeps = weight.mask().orElse(Mask.nonZero(weight.value()))::keeps;
            var byNeuron = new int[neurons];
            var byInput = new int[inputs];
            for (int i = 0; i < values.length; i++) {
                if (keeps.test(i)) {
                    byNeuron[i / inputs]++;
                    byInput[i % inputs]++;
                }
            }
            return new Matrix(name, neurons, inputs, values, keeps, byNeuron, byInput);
        }

        int kept() {
            return Arrays.stream(byNeuron).sum();
        }

        int neuronsKept() {
            return (int) Arrays.stream(byNeuron).filter(kept -> kept > 0).count();
        }

        int inputsKept() {
            return (int) Arrays.stream(byInput).filter(kept -> kept > 0).count();
        }

        /** The sum of |w| of the weights of an input. */
        double strength(int input) {
            double sum = 0;
            for (int i = input; i < values.length; i += inputs) {
                sum += keeps.test(i) ? Math.abs(values[i]) : 0;
            }
            return sum;
        }

        /** The largest |w| that is kept. */
        double largest() {
            double largest = 0;
            for (int i = 0; i < values.length; i++) {
                largest = keeps.test(i) ? Math.max(largest, Math.abs(values[i])) : largest;
            }
            return largest;
        }

        /** The kept weights in bins from −{@code limit} to {@code limit}; what is beyond is in the outer ones. */
        RunRecord.Histogram histogram(double limit) {
            var counts = new long[BINS];
            for (int i = 0; i < values.length; i++) {
                if (keeps.test(i)) {
                    int bin = limit == 0 ? BINS / 2 : (int) ((values[i] + limit) / (2 * limit) * BINS);
                    counts[Math.clamp(bin, 0, BINS - 1)]++;
                }
            }
            return new RunRecord.Histogram(-limit, limit, Arrays.stream(counts).boxed().toList());
        }

        RunRecord.LayerSummary summary(double limit) {
            return new RunRecord.LayerSummary(name, inputs, neurons, kept(), inputsKept(),
                    Arrays.stream(byNeuron).boxed().toList(), histogram(limit),
                    Grid.ofKept(neurons, inputs, keeps));
        }
    }
}
