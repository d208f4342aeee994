package org.espalier.prune.criterion;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.nn.Layer;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.tensor.Storage;

/**
 * Adds up −η·w·g for every weight while a model trains: pass it to the trainer's {@code listen}. Weights and gradients
 * are those the step starts from, the gradients before any clipping. For one thread, and for one model
 * whose layers keep their shapes. A masked weight is 0, so its movement stands still. Cost: one product and sum for
 * each weight and step, in double precision.
 */
public final class MovementRecorder implements Listener {
    private final List<PrunableWeight> targets;
    private final double step;
    private final Map<String, double[]> movements = new LinkedHashMap<>();

    private MovementRecorder(Layer model, double step) {
        this.targets = PrunableWeight.of(model);
        this.step = step;
        targets.forEach(target -> movements.put(target.name(), new double[target.weight().size()]));
    }

    /** A recorder for all linear layers, with η = 1: only the order of scores matters. */
    public static MovementRecorder of(Layer model) {
        return of(model, 1);
    }

    /**
     * A recorder with another step size.
     *
     * @throws IllegalArgumentException if it is not a positive number
     */
    public static MovementRecorder of(Layer model, double step) {
        if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the step must be positive, not " + step);
        }
        return new MovementRecorder(model, step);
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.Differentiated differentiated) {
            for (var target : targets) {
                float[] weights = target.elements();
                float[] g = Storage.array(differentiated.gradients().of(target.weight().value()));
                var sum = movements.get(target.name());
                for (int i = 0; i < sum.length; i++) {
                    sum[i] -= target.keeps(i) ? step * weights[i] * g[i] : 0;
                }
            }
        }
    }

    /** What has been recorded so far, as a criterion; later training does not change it. */
    public MovementScore criterion() {
        return new MovementScore(movements);
    }
}
