package org.espalier.prune;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;
import org.espalier.nn.Layer;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * The values and masks of all parameters of a model at one moment. Values are immutable tensors, so taking a state
 * costs next to nothing.
 */
final class ModelState {
    private static final String MASK = ".mask";

    private record Entry(Tensor value, Optional<Mask> mask) {}

    private final Map<String, Entry> entries;

    private ModelState(Map<String, Entry> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    static ModelState of(Layer model) {
        var entries = new LinkedHashMap<String, Entry>();
        model.parameters().forEach((name, parameter) ->
                entries.put(name, new Entry(parameter.value().detach(), parameter.mask())));
        return new ModelState(entries);
    }

    /** Puts everything back, bit for bit. */
    void restore(Layer model) {
        var parameters = model.parameters();
        if (!parameters.keySet().equals(entries.keySet())) {
            throw new IllegalArgumentException(
                    "the model has parameters " + parameters.keySet() + ", the state " + entries.keySet());
        }
        parameters.forEach((name, parameter) -> {
            var entry = entries.get(name);
            parameter.clearMask();
            parameter.assign(entry.value);
            entry.mask.ifPresent(parameter::assignMask);
        });
    }

    /** The tensors of a file: a value under each name, and its mask in words of 64 bits beside it. */
    Map<String, RawTensor> toTensors() {
        var tensors = new LinkedHashMap<String, RawTensor>();
        entries.forEach((name, entry) -> {
            tensors.put(name, RawTensor.of(entry.value));
            entry.mask.ifPresent(mask -> {
                long[] words = mask.words();
                tensors.put(name + MASK, RawTensor.ofLongs(DType.I64, Shape.of(words.length), words));
            });
        });
        return tensors;
    }

    /**
     * Reads the state of this model from a file.
     *
     * @throws FormatException if the file is of a model with other names or shapes
     */
    static ModelState read(TensorFile file, Layer model) throws FormatException {
        var entries = new LinkedHashMap<String, Entry>();
        for (var named : model.parameters().entrySet()) {
            var name = named.getKey();
            var shape = named.getValue().shape();
            var value = file.tensor(name);
            if (!value.shape().equals(shape)) {
                throw new FormatException("state", name + " is " + value.shape() + ", the model's is " + shape);
            }
            entries.put(name, new Entry(value, mask(file, name, shape)));
        }
        return new ModelState(entries);
    }

    private static Optional<Mask> mask(TensorFile file, String name, Shape shape) throws FormatException {
        var raw = file.tensors().get(name + MASK);
        if (raw == null) {
            return Optional.empty();
        }
        if (raw.dtype() != DType.I64 || raw.shape().size() != (shape.size() + 63) / 64) {
            throw new FormatException("state", "the mask of " + name + " is " + raw + ": it does not fit " + shape);
        }
        long[] words = raw.toLongs();
        return Optional.of(Mask.of(shape, i -> (words[i >>> 6] >>> i & 1) != 0));
    }
}
