package org.espalier.nn.model;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.compressed.Layout;
import org.espalier.compressed.PackedWeight;
import org.espalier.compressed.Packing;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RawTensor;
import org.espalier.io.TensorFile;
import org.espalier.nn.Architecture;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;

/** Takes a model out of a file of any version, tensor by tensor as its layers ask for them. */
final class ModelReader implements Layers.Values, PackedWeight.Source {
    private final String source;
    private final TensorFile file;
    private final Set<String> used = new HashSet<>();
    private final Map<String, Packing> packings = new LinkedHashMap<>();
    private final Map<String, Integer> marks = new LinkedHashMap<>();
    private final Set<String> unpacked = new HashSet<>();
    private final Map<String, PackedWeight> packed = new LinkedHashMap<>();
    private boolean version3;

    ModelReader(String source, TensorFile file) {
        this.source = source;
        this.file = file;
    }

    ModelFile read(LayerKinds kinds) throws FormatException {
        readVersion();
        return file(Layers.build(source, object(ModelFormat.ARCHITECTURE), kinds, this));
    }

    /** Reads the values for a copy of a model, whose layers it need not build. */
    ModelFile readLike(Layer model) throws FormatException {
        readVersion();
        if (!Architecture.of(model).equals(object(ModelFormat.ARCHITECTURE))) {
            throw problem("it is of a model with other layers", null);
        }
        var entries = new LinkedHashMap<String, StateDict.Entry>();
        for (var parameter : model.parameters().entrySet()) {
            entries.put(parameter.getKey(), get(parameter.getKey(), parameter.getValue().shape()));
        }
        var copy = Layers.copy(model);
        StateDict.of(entries).applyTo(copy);
        return file(copy);
    }

    private ModelFile file(Layer model) throws FormatException {
        Verification rows = version3 && file.tensors().containsKey(ModelFormat.INPUTS) ? verification() : null;
        for (var name : packings.keySet()) {
            if (!unpacked.contains(name)) {
                throw problem("packed \"" + name + "\" belongs to no layer", null);
            }
        }
        for (var name : marks.keySet()) {
            if (!used.contains(name) && !unpacked.contains(name)) {
                throw problem("marked \"" + name + "\" belongs to no layer", null);
            }
        }
        for (var name : file.tensors().keySet()) {
            if (!used.contains(name)) {
                throw problem("tensor \"" + name + "\" belongs to no layer", null);
            }
        }
        var metadata = new LinkedHashMap<>(file.metadata());
        metadata.remove(ModelFormat.VERSION);
        metadata.remove(ModelFormat.ARCHITECTURE);
        if (!packings.isEmpty()) {
            metadata.remove(ModelFormat.PACKING);
        }
        if (version3) {
            metadata.remove(ModelFormat.MARKS);
        }
        return new ModelFile(source, model, metadata, packed, Set.of(), false, rows);
    }

    private void readVersion() throws FormatException {
        var version = file.metadata().get(ModelFormat.VERSION);
        if (version == null) {
            throw problem("expected a model file of this library, but this is another safetensors file: "
                    + "use PyTorchFile.read(...) if it has the tensors of a PyTorch model", null);
        }
        switch (version) {
            case ModelFormat.VERSION_1 -> {
                refuse(ModelFormat.PACKING, version);
                refuse(ModelFormat.MARKS, version);
            }
            case ModelFormat.VERSION_2 -> {
                refuse(ModelFormat.MARKS, version);
                readPackings();
            }
            case ModelFormat.VERSION_3 -> {
                version3 = true;
                if (file.metadata().containsKey(ModelFormat.PACKING)) {
                    readPackings();
                }
                if (file.metadata().containsKey(ModelFormat.MARKS)) {
                    readMarks();
                }
            }
            default -> throw problem("version " + version + "; this library reads 1 to 3: "
                    + "the file was written by a later version of it", null);
        }
    }

    /** A key that means something in a later version only. */
    private void refuse(String key, String version) throws FormatException {
        if (file.metadata().containsKey(key)) {
            throw problem("metadata " + key + ", which version " + version + " of the format does not know", null);
        }
    }

    private void readPackings() throws FormatException {
        var texts = object(ModelFormat.PACKING);
        try {
            for (var name : texts.members().keySet()) {
                packings.put(name, Packing.parse(texts.string(name)));
            }
        } catch (FormatException e) {
            throw problem("metadata " + ModelFormat.PACKING + ": " + e.getMessage(), e);
        }
        if (packings.isEmpty()) {
            throw problem("metadata " + ModelFormat.PACKING + ": nothing is packed", null);
        }
    }

    private void readMarks() throws FormatException {
        var numbers = object(ModelFormat.MARKS);
        for (var name : numbers.members().keySet()) {
            long number;
            try {
                number = numbers.integer(name);
            } catch (FormatException e) {
                throw problem("metadata " + ModelFormat.MARKS + ": " + e.getMessage(), e);
            }
            if (!Marks.isValid(number)) {
                throw problem("metadata " + ModelFormat.MARKS + ": \"" + name + "\" has the number " + number, null);
            }
            marks.put(name, (int) number);
        }
    }

    private Json.Obj object(String key) throws FormatException {
        var text = file.metadata(key);
        if (text.length() > ModelFormat.LONGEST_TEXT) {
            throw problem("metadata " + key + " of " + text.length() + " characters", null);
        }
        try {
            if (Json.parse(text) instanceof Json.Obj object) {
                return object;
            }
        } catch (FormatException e) {
            throw problem("metadata " + key + ": " + e.getMessage(), e);
        }
        throw problem("metadata " + key + " is not a JSON object", null);
    }

    private Verification verification() throws FormatException {
        var inputs = tensor(ModelFormat.INPUTS);
        var outputs = tensor(ModelFormat.OUTPUTS);
        if (inputs.dtype() != DType.F32 || outputs.dtype() != DType.F32) {
            throw problem("verification rows are " + inputs + " and " + outputs, null);
        }
        try {
            return new Verification(inputs.toTensor(), outputs.toTensor());
        } catch (IllegalArgumentException e) {
            throw problem(e.getMessage(), e);
        }
    }

    @Override
    public StateDict.Entry get(String name, Shape shape) throws FormatException {
        var packing = packings.get(name);
        var mark = marks.get(name);
        int number = mark == null ? Marks.USUAL : mark;
        if (packing == null) {
            var raw = raw(name, DType.F32, shape);
            return version3 ? Marks.read(raw, number) : new StateDict.Entry(raw.toTensor(), mask(name, shape));
        }
        var weight = PackedWeight.read(packing, name, shape, this);
        unpacked.add(name);
        if (number != Marks.NONE) {
            packed.put(name, weight);
        }
        if (packing.layout() == Layout.ALL) {
            return new StateDict.Entry(weight.toTensor(), version3 ? bits(name, shape) : mask(name, shape));
        }
        return ModelFile.unpacked(weight, Optional.empty(), number == Marks.NONE);
    }

    @Override
    public RawTensor tensor(String part) throws FormatException {
        used.add(part);
        return file.raw(part);
    }

    private Optional<Mask> mask(String name, Shape shape) throws FormatException {
        var mask = name.concat(ModelFormat.MASK);
        return file.tensors().containsKey(mask)
                ? Optional.of(Mask.of(shape, raw(mask, DType.BOOL, shape).toBooleans()))
                : Optional.empty();
    }

    private Optional<Mask> bits(String name, Shape shape) throws FormatException {
        var mask = name.concat(ModelFormat.MASK);
        if (!file.tensors().containsKey(mask)) {
            return Optional.empty();
        }
        var bits = raw(mask, DType.U8, Shape.of(Math.ceilDiv(shape.size(), Byte.SIZE))).bytes();
        var keeps = new boolean[shape.size()];
        for (int i = 0; i < keeps.length; i++) {
            keeps[i] = (bits.get(i / Byte.SIZE) >> i % Byte.SIZE & 1) != 0;
        }
        return Optional.of(Mask.of(shape, keeps));
    }

    private RawTensor raw(String name, DType dtype, Shape shape) throws FormatException {
        var raw = file.raw(name);
        if (raw.dtype() != dtype || !raw.shape().equals(shape)) {
            throw problem("tensor \"" + name + "\" is " + raw + ", the model needs " + dtype + " " + shape, null);
        }
        used.add(name);
        return raw;
    }

    private FormatException problem(String problem, Throwable cause) {
        return new FormatException(source, FormatException.NO_OFFSET, problem, cause);
    }
}
