package org.espalier.prune.training;

import java.util.LinkedHashMap;
import java.util.Objects;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;

/**
 * The values a model had early, to go back to: the lottery ticket is what pruning leaves of the trained model, with the
 * weights it had at the beginning.
 *
 * <p>Sources: Frankle and Carbin, ICLR 2019 (arXiv 1803.03635), for the values before training; Frankle et al., ICML
 * 2020 (arXiv 1912.05671), for those after a few steps, which larger networks need.
 *
 * @param state the values, by full name; its masks do not matter
 */
public record EarlyWeights(StateDict state) {
    /** Refuses null. */
    public EarlyWeights {
        Objects.requireNonNull(state, "state");
    }

    /** The values a model has now. */
    public static EarlyWeights of(Layer model) {
        return new EarlyWeights(StateDict.of(model));
    }

    /**
     * Gives a model these values. Its masks stay, and what they do not keep stays +0.
     *
     * @throws IllegalArgumentException if it has other parameters; nothing has changed then
     * @throws org.espalier.tensor.ShapeException if one has another shape, as after shrinking; nothing has changed then
     */
    public void rewind(Layer model) {
        var entries = new LinkedHashMap<>(state.entries());
        StateDict.of(model).entries().forEach((name, now) -> entries.computeIfPresent(
                name, (same, early) -> new StateDict.Entry(early.value(), now.mask())));
        StateDict.of(entries).applyTo(model);
    }

    /** A listener that records the values of a model after {@code steps} steps of its training. */
    public static Recorder after(int steps, Layer model) {
        Checks.requireAtLeast(0, "the steps before rewinding", steps);
        return new Recorder(steps, model);
    }

    /** Notes the values of a model once; for one training that begins at step 0. */
    public static final class Recorder implements Listener {
        private final int steps;
        private final Layer model;
        private EarlyWeights weights;

        private Recorder(int steps, Layer model) {
            this.steps = steps;
            this.model = model;
        }

        @Override
        public void on(TrainingEvent event) {
            int done = switch (event) {
                case TrainingEvent.Started started -> started.stepsDone();
                case TrainingEvent.Stepped stepped -> stepped.step() + 1;
                default -> -1;
            };
            if (done == steps) {
                weights = of(model);
            }
        }

        /**
         * What was noted.
         *
         * @throws IllegalStateException if training has not come so far
         */
        public EarlyWeights weights() {
            if (weights == null) {
                throw new IllegalStateException("training has not taken " + steps + " steps");
            }
            return weights;
        }
    }
}
