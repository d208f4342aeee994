package org.espalier.nn.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RawTensor;
import org.espalier.io.RecordJson;
import org.espalier.io.TensorFile;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.nn.optim.OptimizerState;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Tensor;

/**
 * A checkpoint as tensors and strings. Tensors: {@code model.NAME} and {@code best.NAME} hold weights,
 * {@code model.NAME#mask} and {@code best.NAME#mask} what is kept of them, {@code optimizer.SLOT.NAME} moments.
 * Metadata: the format and its version, the random generator, the configuration, and the rest as one JSON object.
 */
final class CheckpointFormat {
    private static final String FORMAT = "espalier-checkpoint";
    private static final String VERSION = "1";
    private static final String MODEL = "model.";
    private static final String BEST = "best.";
    private static final String MASK = "#mask";

    private CheckpointFormat() {}

    static TensorFile encode(Checkpoint checkpoint) {
        var tensors = new LinkedHashMap<String, RawTensor>();
        encode(checkpoint.model(), MODEL, tensors);
        checkpoint.best().ifPresent(best -> encode(best, BEST, tensors));
        var moments = checkpoint.optimizer().moments();
        moments.forEach((name, one) -> one.slots()
                .forEach((slot, tensor) -> tensors.put(momentName(slot, name), RawTensor.of(tensor))));
        var metadata = new LinkedHashMap<String, String>();
        metadata.put("format", FORMAT);
        metadata.put("version", VERSION);
        metadata.put("rng", Rng.ALGORITHM);
        metadata.put("configuration", checkpoint.configuration());
        metadata.put("state", RecordJson.write(State.of(checkpoint)).compact());
        return TensorFile.of(tensors, metadata);
    }

    private static String momentName(String slot, String parameter) {
        return "optimizer." + slot + "." + parameter;
    }

    private static void encode(StateDict state, String prefix, Map<String, RawTensor> tensors) {
        state.entries().forEach((name, entry) -> {
            tensors.put(prefix + name, RawTensor.of(entry.value()));
            entry.mask().ifPresent(mask -> {
                var kept = new boolean[mask.size()];
                for (int i = 0; i < kept.length; i++) {
                    kept[i] = mask.keeps(i);
                }
                tensors.put(prefix + name + MASK, RawTensor.ofBooleans(mask.shape(), kept));
            });
        });
    }

    /**
     * What is not a tensor, as one JSON object; public because {@link RecordJson} reads public records.
     *
     * @param parameters their names, in order
     * @param best whether the file holds the state after the best epoch
     * @param epoch the epoch under way, from 0
     * @param batch its next batch, from 0
     * @param lossSum the sum of the objective over its rows so far
     * @param rows how many rows those are
     * @param steps steps of the optimizer
     * @param moments what the optimizer holds of each parameter
     * @param history the epochs completed
     */
    public record State(
            List<String> parameters,
            boolean best,
            int epoch,
            int batch,
            double lossSum,
            long rows,
            int steps,
            Map<String, Slots> moments,
            List<EpochRecord> history) {
        /** Checks the counts. */
        public State {
            requireCount("epoch", epoch);
            requireCount("batch", batch);
            requireCount("rows", rows);
            requireCount("steps", steps);
        }

        private static State of(Checkpoint checkpoint) {
            var position = checkpoint.position();
            var moments = new LinkedHashMap<String, Slots>();
            checkpoint.optimizer().moments().forEach((name, one) -> moments.put(name,
                    new Slots(one.steps(), List.copyOf(one.slots().keySet()))));
            return new State(List.copyOf(checkpoint.model().entries().keySet()), checkpoint.best().isPresent(),
                    position.epoch(), position.batch(), position.lossSum(), position.rows(),
                    checkpoint.optimizer().steps(), moments, checkpoint.history());
        }
    }

    /**
     * The moments of a parameter, each a tensor of the file.
     *
     * @param steps steps since they began
     * @param slots their names
     */
    public record Slots(int steps, List<String> slots) {
        /** Checks the count. */
        public Slots {
            requireCount("steps", steps);
        }
    }

    private static void requireCount(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " is " + value + ", not a count");
        }
    }

    static Checkpoint decode(String source, TensorFile file) throws FormatException {
        if (!FORMAT.equals(file.metadata().get("format")) || !VERSION.equals(file.metadata().get("version"))) {
            throw new FormatException(source, "is not a training checkpoint of version " + VERSION);
        }
        if (!file.metadata("rng").equals(Rng.ALGORITHM)) {
            throw new FormatException(source, "used the random generator " + file.metadata("rng") + ", not "
                    + Rng.ALGORITHM + ": the run cannot continue with the same numbers");
        }
        if (!(Json.parse(file.metadata("state")) instanceof Json.Obj json)) {
            throw new FormatException(source, "the state is not a JSON object");
        }
        var state = RecordJson.read(State.class, json, source);
        return new Checkpoint(
                file.metadata("configuration"),
                new Checkpoint.Position(state.epoch(), state.batch(), state.lossSum(), state.rows()),
                decode(source, file, MODEL, state.parameters()),
                optimizer(file, state),
                state.best() ? Optional.of(decode(source, file, BEST, state.parameters())) : Optional.empty(),
                state.history());
    }

    private static StateDict decode(String source, TensorFile file, String prefix, List<String> names)
            throws FormatException {
        var entries = new LinkedHashMap<String, StateDict.Entry>();
        for (var name : names) {
            var value = file.tensor(prefix + name);
            var raw = file.tensors().get(prefix + name + MASK);
            if (raw != null && !raw.shape().equals(value.shape())) {
                throw new FormatException(source, "the mask of " + name + " has shape " + raw.shape() + ", not "
                        + value.shape());
            }
            entries.put(name, new StateDict.Entry(value, Optional.ofNullable(raw).map(CheckpointFormat::mask)));
        }
        return StateDict.of(entries);
    }

    private static Mask mask(RawTensor raw) {
        boolean[] kept = raw.toBooleans();
        return Mask.of(raw.shape(), kept);
    }

    private static OptimizerState optimizer(TensorFile file, State state) throws FormatException {
        var moments = new LinkedHashMap<String, OptimizerState.Moments>();
        for (var one : state.moments().entrySet()) {
            var slots = new LinkedHashMap<String, Tensor>();
            for (var slot : one.getValue().slots()) {
                slots.put(slot, file.tensor(momentName(slot, one.getKey())));
            }
            moments.put(one.getKey(), new OptimizerState.Moments(one.getValue().steps(), slots));
        }
        return new OptimizerState(state.steps(), moments);
    }
}
