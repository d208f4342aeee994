package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CheckpointFormatTest {
    private final Linear model = Linear.of(2, 3);

    private Checkpoint checkpoint() {
        model.weight().assignMask(Mask.of(Shape.of(3, 2), i -> i > 2));
        model.bias().orElseThrow().assign(Tensor.vector(-0f, Float.MIN_VALUE, Float.NaN));
        return new Checkpoint(
                "words",
                new Checkpoint.Position(2, 1, 0.1 + 0.2, 30),
                StateDict.of(model),
                Optimizer.adam(1).bind(model).state(),
                Optional.of(StateDict.of(model)),
                List.of(new EpochRecord(1, 0.1f, 1 / 3.0, Double.NaN, Double.NEGATIVE_INFINITY)));
    }

    @Test
    void everyBitComesBack() throws FormatException {
        var checkpoint = checkpoint();
        assertEquals(checkpoint.toString(), decode(CheckpointFormat.encode(checkpoint)).toString());
        var decoded = decode(CheckpointFormat.encode(checkpoint));
        assertEquals(checkpoint.position(), decoded.position());
        assertEquals(checkpoint.history(), decoded.history());
        assertEquals(checkpoint.model(), decoded.model());
        assertEquals(checkpoint.best(), decoded.best());
    }

    private static Checkpoint decode(TensorFile file) throws FormatException {
        return CheckpointFormat.decode("file", file);
    }

    @Test
    void theFileNamesWhatItHolds() {
        var file = CheckpointFormat.encode(checkpoint());
        assertTrue(file.tensors().keySet().containsAll(List.of(
                "model.weight", "model.weight#mask", "model.bias", "best.bias", "optimizer.exp_avg.weight")));
        assertEquals("espalier-checkpoint", file.metadata().get("format"));
    }

    @Test
    void whatIsMissingOrWrongIsAFormatError() {
        var good = CheckpointFormat.encode(checkpoint());
        for (var tensor : List.of("model.weight", "best.bias", "optimizer.exp_avg_sq.bias")) {
            var tensors = new HashMap<>(good.tensors());
            tensors.remove(tensor);
            assertThrows(FormatException.class, () -> decode(TensorFile.of(tensors, good.metadata())), tensor);
        }
        for (var key : good.metadata().keySet()) {
            var metadata = new HashMap<>(good.metadata());
            metadata.remove(key);
            assertThrows(FormatException.class, () -> decode(TensorFile.of(good.tensors(), metadata)), key);
        }
        var state = good.metadata().get("state");
        for (var broken : List.of(
                "[]",
                "{",
                state.replace("\"epoch\":2", "\"epoch\":-1"),
                state.replace("\"batch\":1", "\"batch\":4294967296"),
                state.replace("null", "\"none\""),
                state.replace("\"-Infinity\"", "\"none\""),
                state.replace("\"steps\":0", "\"steps\":-1"),
                state.replace("[\"weight\"", "[7"))) {
            var metadata = new HashMap<>(good.metadata());
            assertNotEquals(state, broken);
            metadata.put("state", broken);
            assertThrows(FormatException.class, () -> decode(TensorFile.of(good.tensors(), metadata)), broken);
        }
    }

    /** The state as it was written before: numbers that are not finite were strings, NaN too. */
    @Test
    void statesOfOlderFilesRead() throws FormatException {
        var file = CheckpointFormat.encode(checkpoint());
        var metadata = new HashMap<>(file.metadata());
        metadata.put("state", """
                {"parameters":["weight","bias"],"best":true,"epoch":2,"batch":1,"lossSum":0.30000000000000004,\
                "rows":30,"steps":0,"moments":{"weight":{"steps":0,"slots":["exp_avg","exp_avg_sq"]},\
                "bias":{"steps":0,"slots":["exp_avg","exp_avg_sq"]}},\
                "history":[{"epoch":1,"learningRate":0.10000000149011612,"trainingLoss":0.3333333333333333,\
                "validationLoss":"NaN","score":"-Infinity"}]}""");

        var decoded = decode(TensorFile.of(file.tensors(), metadata));

        assertEquals(checkpoint().position(), decoded.position());
        assertEquals(checkpoint().history(), decoded.history());
        assertEquals(checkpoint().best(), decoded.best());
        assertEquals(checkpoint().optimizer().toString(), decoded.optimizer().toString());
    }

    @Test
    void aMaskOfAnotherShapeOrAnotherGeneratorIsRefused() {
        var good = CheckpointFormat.encode(checkpoint());
        var tensors = new HashMap<>(good.tensors());
        tensors.put("model.weight#mask", RawTensor.ofBooleans(Shape.of(2), true, false));
        assertThrows(FormatException.class, () -> decode(TensorFile.of(tensors, good.metadata())));
        var metadata = new HashMap<>(good.metadata());
        metadata.putAll(Map.of("rng", "dice"));
        assertThrows(FormatException.class, () -> decode(TensorFile.of(good.tensors(), metadata)));
    }

    @Test
    void countsAreNotNegative() {
        for (var one : Map.<String, Executable>of(
                "epoch is -1, not a count", () -> state(-1, 0, 0, 0),
                "batch is -2, not a count", () -> state(0, -2, 0, 0),
                "rows is -3, not a count", () -> state(0, 0, -3, 0),
                "steps is -4, not a count", () -> state(0, 0, 0, -4),
                "steps is -5, not a count", () -> new CheckpointFormat.Slots(-5, List.of())).entrySet()) {
            assertEquals(one.getKey(), assertThrows(IllegalArgumentException.class, one.getValue()).getMessage());
        }
    }

    private static CheckpointFormat.State state(int epoch, int batch, long rows, int steps) {
        return new CheckpointFormat.State(List.of(), false, epoch, batch, 0, rows, steps, Map.of(), List.of());
    }
}
