package org.espalier.prune.secondorder;

import java.util.List;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;

/** Small layers with inputs. */
public final class SmallLayers {
    /**
     * Samples (1, 0, 0), (0, 1, 1), (0, 0, 1): H = 2·[1 0 0; 0 1 1; 0 1 2] and its inverse ½·[1 0 0; 0 2 −1; 0 −1 1].
     */
    public static final InputMoments THREE =
            InputMoments.of("fc1", 3, List.of(new float[] {1, 0, 0, 0, 1, 1, 0, 0, 1}));

    private SmallLayers() {}

    static LayerProblem problem(InputMoments inputs, double sparsity, double... weights) {
        var keeps = new boolean[weights.length];
        java.util.Arrays.fill(keeps, true);
        return new LayerProblem(weights.clone(), keeps, inputs, sparsity, Pools.none(inputs.in()));
    }

    /** The same with rows in pools of so many columns. */
    static LayerProblem inPools(int length, LayerProblem layer) {
        var pools = new Pools(length, layer.in(), true);
        return new LayerProblem(layer.weights(), layer.keeps(), layer.inputs(), layer.sparsity(), pools);
    }

    static void mask(LayerProblem layer, int... removed) {
        for (int i : removed) {
            layer.keeps()[i] = false;
            layer.weights()[i] = 0;
        }
    }

    /** Correlated inputs. */
    public static InputMoments random(int in, int samples, long seed) {
        var mixed = Rng.of(seed).normal(Shape.of(samples, in), 1).matmul(Rng.of(seed + 1).normal(Shape.of(in, in), 1));
        return InputMoments.of("fc1", in, List.of(mixed.toArray()));
    }

    public static double[] weights(int count, long seed) {
        float[] values = Rng.of(seed).normal(Shape.of(count), 1).toArray();
        var weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = values[i];
        }
        return weights;
    }
}
