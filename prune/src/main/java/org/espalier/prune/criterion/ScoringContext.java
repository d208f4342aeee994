package org.espalier.prune.criterion;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.data.Batch;
import org.espalier.tensor.Storage;

/**
 * What a criterion may look at: the model, the weights to score, calibration data and a seed. Gradients and activations
 * are computed when first asked for and kept, so criteria that are combined share them. For one thread; the model must
 * not change while the context is in use.
 */
public final class ScoringContext {
    private final Layer model;
    private final List<PrunableWeight> targets;
    private final Calibration calibration;
    private final long seed;
    private List<Map<String, float[]>> gradients;
    private List<Activations> activations;

    /** A context for these targets of a model. */
    public ScoringContext(Layer model, List<PrunableWeight> targets, Calibration calibration, long seed) {
        this.model = model;
        this.targets = List.copyOf(targets);
        this.calibration = calibration;
        this.seed = seed;
    }

    /** A context for every linear layer, without data. */
    public static ScoringContext of(Layer model) {
        return new ScoringContext(model, PrunableWeight.of(model), Calibration.none(), 0);
    }

    /** A context for every linear layer. */
    public static ScoringContext of(Layer model, Calibration calibration) {
        return new ScoringContext(model, PrunableWeight.of(model), calibration, 0);
    }

    /** The model, with its present weights and masks. */
    public Layer model() {
        return model;
    }

    /** The weights to score, in the order of the model. */
    public List<PrunableWeight> targets() {
        return targets;
    }

    /** The data; see {@link #batches()}. */
    public Calibration calibration() {
        return calibration;
    }

    /** Where random criteria start. */
    public long seed() {
        return seed;
    }

    /**
     * The calibration batches.
     *
     * @throws IllegalArgumentException if there are none
     */
    public List<Batch> batches() {
        if (calibration.batches().isEmpty()) {
            throw new IllegalArgumentException(
                    "needs calibration data and there is none: use calibrate(…) or pass some");
        }
        return calibration.batches();
    }

    /**
     * For every batch, the gradient of the loss with respect to each target, by the name of the weight, in row-major
     * order, dense: masked elements have gradients too. The model runs in inference mode. Do not write to the arrays.
     */
    public List<Map<String, float[]>> gradients() {
        if (gradients == null) {
            var all = new ArrayList<Map<String, float[]>>();
            for (var batch : batches()) {
                all.add(gradients(batch));
            }
            gradients = List.copyOf(all);
        }
        return gradients;
    }

    private Map<String, float[]> gradients(Batch batch) {
        var output = model.forward(batch.inputs(), Mode.inference());
        var found = calibration.loss().value(output, batch.targets()).backward();
        var byName = new LinkedHashMap<String, float[]>();
        for (var target : targets) {
            byName.put(target.name(), Storage.array(found.of(target.weight().value())));
        }
        return Collections.unmodifiableMap(byName);
    }

    /** For every batch, what each layer got and gave in inference. */
    public List<Activations> activations() {
        if (activations == null) {
            activations = batches().stream()
                    .map(batch -> Activations.of(model, batch.inputs()))
                    .toList();
        }
        return activations;
    }

    /** The sum of squares of each input of a layer over all calibration samples. */
    public double[] inputSquares(PrunableWeight target) {
        int in = target.in();
        var squares = new double[in];
        for (var batch : activations()) {
            float[] x = Storage.array(batch.input(target.layer()));
            for (int i = 0; i < x.length; i++) {
                squares[i % in] += (double) x[i] * x[i];
            }
        }
        return squares;
    }

    /** A result for each target, by the name of its weight, in order. */
    public Map<String, Scores> forEach(Function<PrunableWeight, Scores> scores) {
        var byName = new LinkedHashMap<String, Scores>();
        for (var target : targets) {
            byName.put(target.name(), scores.apply(target));
        }
        return Collections.unmodifiableMap(byName);
    }
}
