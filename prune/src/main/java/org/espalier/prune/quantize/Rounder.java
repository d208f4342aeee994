package org.espalier.prune.quantize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.prune.criterion.Activations;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.prune.secondorder.FactorizationException;
import org.espalier.prune.secondorder.InputMoments;

/**
 * Rounds the weights of linear layers in the order of the model so that each layer gives what it gave before for the
 * inputs it now gets from the rounded layers before it. Scales are those of {@link QuantizedMatrix#of}; labels and loss
 * are not used; biases stay, and masked weights stay exactly zero. A row that the nearest codes suit better has these.
 *
 * @param method how a layer is solved
 * @param bits of a code, 2 to 8
 */
public record Rounder(Rounding method, int bits) {
    /** Checks the bits. */
    public Rounder {
        QuantizedMatrix.largest(bits);
    }

    /**
     * Finds the codes of every linear layer; the model stays as it is.
     *
     * @return what became of each layer, in order
     * @throws IllegalArgumentException if there is no calibration data
     * @throws FactorizationException if a layer's inputs do not determine the repair; it names the layer
     */
    public List<Rounded> apply(Layer model, Calibration calibration) {
        if (calibration.batches().isEmpty()) {
            throw new IllegalArgumentException(method.text() + ": needs calibration data and there is none");
        }
        var copy = Layers.copy(model);
        var results = new ArrayList<Rounded>();
        for (var target : PrunableWeight.of(copy)) {
            var rounded = solve(copy, target, calibration);
            target.weight().assign(rounded.codes().dequantize());
            results.add(rounded);
        }
        return List.copyOf(results);
    }

    private Rounded solve(Layer model, PrunableWeight target, Calibration calibration) {
        var inputs = calibration.batches().stream()
                .map(batch -> Activations.of(model, batch.inputs()).input(target.layer()).toArray())
                .toList();
        var weight = target.weight();
        int in = weight.shape().dim(1);
        var moments = InputMoments.of(target.layer(), in, inputs);
        float[] values = weight.value().toArray();
        var old = new double[values.length];
        var keeps = new boolean[values.length];
        for (int i = 0; i < old.length; i++) {
            old[i] = values[i];
            keeps[i] = weight.mask().isEmpty() || weight.mask().get().keeps(i);
        }
        float[] scales = QuantizedMatrix.scales(weight.value(), bits);
        var nearest = new RoundingProblem(old.clone(), keeps, moments, bits, scales);
        var repaired = new RoundingProblem(old.clone(), keeps, moments, bits, scales);
        switch (method) {
            case Gptq gptq -> gptq.solve(repaired);
            case OptimalBrainQuantization obq -> obq.solve(repaired);
        }
        var codes = new byte[old.length];
        double[] errors = new double[2];
        for (int from = 0; from < old.length; from += in) {
            for (int i = from; i < from + in; i++) {
                nearest.weights()[i] = nearest.nearest(i);
            }
            double asNearest = error(moments, old, nearest, from);
            double asRepaired = error(moments, old, repaired, from);
            boolean better = asRepaired < asNearest;
            for (int i = from; i < from + in; i++) {
                codes[i] = (byte) (better ? repaired : nearest).code(i);
            }
            errors[0] += asNearest;
            errors[1] += Math.min(asNearest, asRepaired);
        }
        var matrix = new QuantizedMatrix(bits, in, codes, scales);
        return new Rounded(target.layer(), target.name(), matrix, errors[0], errors[1]);
    }

    private static double error(InputMoments moments, double[] old, RoundingProblem layer, int from) {
        int to = from + layer.in();
        return moments.error(Arrays.copyOfRange(old, from, to), Arrays.copyOfRange(layer.weights(), from, to));
    }
}
