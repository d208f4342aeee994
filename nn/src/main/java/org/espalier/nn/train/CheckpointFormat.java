package org.espalier.nn.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RawTensor;
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
        metadata.put("state", stateOf(checkpoint).compact());
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

    private static Json.Obj stateOf(Checkpoint checkpoint) {
        var position = checkpoint.position();
        var parameters = checkpoint.model().entries().keySet().toArray(String[]::new);
        return Json.object()
                .with("parameters", Json.array(parameters))
                .with("best", checkpoint.best().isPresent())
                .with("epoch", position.epoch())
                .with("batch", position.batch())
                .with("lossSum", position.lossSum())
                .with("rows", position.rows())
                .with("steps", checkpoint.optimizer().steps())
                .with("moments", momentsOf(checkpoint.optimizer()))
                .with("history", Json.array(checkpoint.history().stream().map(CheckpointFormat::encode).toList()));
    }

    private static Json.Obj momentsOf(OptimizerState optimizer) {
        var all = Json.object();
        for (var one : optimizer.moments().entrySet()) {
            var slots = one.getValue().slots().keySet().toArray(String[]::new);
            all = all.with(
                    one.getKey(),
                    Json.object().with("steps", one.getValue().steps()).with("slots", Json.array(slots)));
        }
        return all;
    }

    private static Json encode(EpochRecord record) {
        var json = Json.object()
                .with("epoch", record.epoch())
                .with("learningRate", (double) record.learningRate());
        json = withNumber(json, "trainingLoss", record.trainingLoss());
        json = withNumber(json, "validationLoss", record.validationLoss());
        return withNumber(json, "score", record.score());
    }

    /** JSON has no NaN and no infinities: they are strings. */
    private static Json.Obj withNumber(Json.Obj json, String name, double value) {
        return Double.isFinite(value) ? json.with(name, value) : json.with(name, Double.toString(value));
    }

    static Checkpoint decode(String source, TensorFile file) throws FormatException {
        if (!FORMAT.equals(file.metadata().get("format")) || !VERSION.equals(file.metadata().get("version"))) {
            throw new FormatException(source, "is not a training checkpoint of version " + VERSION);
        }
        if (!file.metadata("rng").equals(Rng.ALGORITHM)) {
            throw new FormatException(source, "used the random generator " + file.metadata("rng") + ", not "
                    + Rng.ALGORITHM + ": the run cannot continue with the same numbers");
        }
        if (!(Json.parse(file.metadata("state")) instanceof Json.Obj state)) {
            throw new FormatException(source, "the state is not a JSON object");
        }
        var names = strings(source, state, "parameters");
        var history = new ArrayList<EpochRecord>();
        for (var item : state.items("history")) {
            history.add(record(source, item));
        }
        return new Checkpoint(
                file.metadata("configuration"),
                new Checkpoint.Position(
                        count(source, state, "epoch"),
                        count(source, state, "batch"),
                        state.number("lossSum"),
                        state.integer("rows")),
                decode(source, file, MODEL, names),
                optimizer(source, file, state),
                state.bool("best") ? Optional.of(decode(source, file, BEST, names)) : Optional.empty(),
                history);
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

    private static OptimizerState optimizer(String source, TensorFile file, Json.Obj state) throws FormatException {
        var all = state.object("moments");
        var moments = new LinkedHashMap<String, OptimizerState.Moments>();
        for (var name : all.members().keySet()) {
            var slots = new LinkedHashMap<String, Tensor>();
            for (var slot : strings(source, all.object(name), "slots")) {
                slots.put(slot, file.tensor(momentName(slot, name)));
            }
            moments.put(name, new OptimizerState.Moments(count(source, all.object(name), "steps"), slots));
        }
        return new OptimizerState(count(source, state, "steps"), moments);
    }

    private static EpochRecord record(String source, Json item) throws FormatException {
        if (!(item instanceof Json.Obj json)) {
            throw new FormatException(source, "an epoch of the history is not a JSON object");
        }
        return new EpochRecord(
                count(source, json, "epoch"),
                (float) json.number("learningRate"),
                number(source, json, "trainingLoss"),
                number(source, json, "validationLoss"),
                number(source, json, "score"));
    }

    private static double number(String source, Json.Obj json, String name) throws FormatException {
        if (!(json.get(name) instanceof Json.Str(String text))) {
            return json.number(name);
        }
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw new FormatException(source, name + " is \"" + text + "\", not a number");
        };
    }

    private static int count(String source, Json.Obj json, String name) throws FormatException {
        long value = json.integer(name);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new FormatException(source, name + " is " + value + ", not a count");
        }
        return (int) value;
    }

    private static List<String> strings(String source, Json.Obj json, String name) throws FormatException {
        var strings = new ArrayList<String>();
        for (var item : json.items(name)) {
            if (!(item instanceof Json.Str(String text))) {
                throw new FormatException(source, name + " holds something that is not a string");
            }
            strings.add(text);
        }
        return strings;
    }
}
