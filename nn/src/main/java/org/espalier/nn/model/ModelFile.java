package org.espalier.nn.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.espalier.compressed.Layout;
import org.espalier.compressed.PackedWeight;
import org.espalier.compressed.Packing;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.SaveException;
import org.espalier.io.TensorFile;
import org.espalier.nn.Architecture;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;

/**
 * A model in one file that every safetensors reader can open: tensors under PyTorch's names, such as {@code
 * fc1.weight}, as F32; masks beside them, as BOOL under {@code fc1.weight.mask}; and as metadata the version, the
 * {@link Architecture} and whatever strings the program adds (the recipe, the seed, a report).
 *
 * <p>Parameters may be packed. {@link #packed} chooses how, rounds the model to what will be read back, and so says
 * before writing what the file will be worth. A packed parameter is a few tensors whose names begin with its own, such
 * as {@code fc1.weight.gaps} and {@code fc1.weight.codes}; the metadata says for each how it is packed.
 *
 * <p>A file with packed parameters has version 2; without, it is written as version 1. Both are read.
 *
 * <p>Writing replaces an old file in one step and adds a checksum. Reading checks everything before it builds anything:
 * the checksum, that every kind of layer is known, that the tensors are exactly those the architecture needs, in its
 * shapes. It runs no code but that of the layers in the table of kinds.
 */
public final class ModelFile {
    private static final String VERSION_KEY = "espalier.version";
    private static final String ARCHITECTURE_KEY = "espalier.architecture";
    private static final String PACKING_KEY = "espalier.packing";
    private static final String PLAIN_VERSION = "1";
    private static final String PACKED_VERSION = "2";
    private static final String MASK = ".mask";

    /** Longest architecture, in characters: a tree of JSON takes many times its text. */
    private static final int LONGEST_ARCHITECTURE = 1 << 22;

    private final Layer model;
    private final Map<String, String> metadata;
    private final Map<String, PackedWeight> packed;

    private ModelFile(Layer model, Map<String, String> metadata, Map<String, PackedWeight> packed) {
        this.model = model;
        this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        this.packed = Collections.unmodifiableMap(new LinkedHashMap<>(packed));
    }

    /** A file of a model, without other metadata. */
    public static ModelFile of(Layer model) {
        return new ModelFile(model, Map.of(), Map.of());
    }

    /** The model. */
    public Layer model() {
        return model;
    }

    /** The strings of the program's own, by key. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The packed parameters, by full name; the model has the values that they stand for. */
    public Map<String, PackedWeight> packed() {
        return packed;
    }

    /** This file with a string of the program's own. */
    public ModelFile with(String key, String value) {
        var more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new ModelFile(model, more, packed);
    }

    /**
     * The file of a copy of the model whose parameters are packed, and rounded to what they will be when it is read.
     *
     * @param choice the packing of a parameter, by its full name; {@link Packing#NONE} for none
     * @throws IllegalArgumentException if a number is not finite and its packing rounds, or a layer is of a kind that
     *     is not in {@link LayerKinds#standard()}
     */
    public ModelFile packed(Function<String, Packing> choice) {
        var weights = new LinkedHashMap<String, PackedWeight>();
        StateDict.of(model).entries().forEach((name, entry) -> {
            var packing = choice.apply(name);
            if (!packing.equals(Packing.NONE)) {
                weights.put(name, PackedWeight.of(packing, entry.value(), kept(packing, entry)));
            }
        });
        return packed(weights);
    }

    /** As {@link #packed(Function)}: one packing for all matrices, which are the weights, and one for the rest. */
    public ModelFile packed(Packing weights, Packing rest) {
        var parameters = model.parameters();
        return packed(name -> parameters.get(name).shape().rank() == 2 ? weights : rest);
    }

    /**
     * The file of a copy of the model with these packed parameters in place of its own.
     *
     * @param weights by full name
     * @throws IllegalArgumentException if the model has no parameter of a name and shape, or a layer is of a kind that
     *     is not in {@link LayerKinds#standard()}
     */
    public ModelFile packed(Map<String, PackedWeight> weights) {
        var copy = Layers.copy(model);
        var state = StateDict.of(copy);
        var entries = new LinkedHashMap<>(state.entries());
        weights.forEach((name, weight) -> entries.put(name, unpacked(weight, state.mask(name))));
        StateDict.of(entries).applyTo(copy);
        return new ModelFile(copy, metadata, weights);
    }

    /** A layout of some elements is a mask; in a model without one, what is not zero is kept. */
    private static IntPredicate kept(Packing packing, StateDict.Entry entry) {
        if (entry.mask().isPresent() || packing.layout() == Layout.ALL) {
            return entry.mask().orElse(Mask.all(entry.value().shape()))::keeps;
        }
        return Mask.nonZero(entry.value())::keeps;
    }

    private static StateDict.Entry unpacked(PackedWeight weight, Optional<Mask> mask) {
        boolean all = weight.packing().layout() == Layout.ALL;
        var written = all ? mask : Optional.of(Mask.of(weight.shape(), weight.written()));
        return new StateDict.Entry(weight.toTensor(), written);
    }

    /**
     * Writes the file, replacing an old one in one step.
     *
     * @throws SaveException if it cannot be written; it says which contents the file has
     * @throws IOException if the path is no file name
     * @throws UnsupportedOperationException if a layer has no {@link Layer#config()}
     * @throws IllegalArgumentException if a metadata key is one of the format's own
     */
    public void write(Path path) throws IOException {
        SafeTensors.write(path, contents());
    }

    /** The file's bytes; the same for equal models and metadata. Throws as {@link #write}. */
    public byte[] toBytes() {
        return SafeTensors.toBytes(contents());
    }

    /**
     * Reads a file of standard layers.
     *
     * @throws FormatException if it is damaged or describes no model
     * @throws IOException if it cannot be read
     */
    public static ModelFile read(Path path) throws IOException {
        return read(path, LayerKinds.standard());
    }

    /**
     * Reads a file.
     *
     * @param kinds the layers it may have
     * @throws FormatException if it is damaged or describes no model of these layers
     * @throws IOException if it cannot be read
     */
    public static ModelFile read(Path path, LayerKinds kinds) throws IOException {
        return new Reader(path.toString(), SafeTensors.read(path, SafeTensors.Checksum.REQUIRED)).read(kinds);
    }

    /**
     * Reads a file held in memory.
     *
     * @param kinds the layers it may have
     * @throws FormatException if it is damaged or describes no model of these layers
     */
    public static ModelFile read(byte[] file, LayerKinds kinds) throws FormatException {
        return new Reader("model bytes", SafeTensors.read(file, SafeTensors.Checksum.REQUIRED)).read(kinds);
    }

    private TensorFile contents() {
        var architecture = Architecture.of(model).compact();
        if (architecture.length() > LONGEST_ARCHITECTURE) {
            throw new IllegalArgumentException("an architecture of " + architecture.length() + " characters");
        }
        var strings = new LinkedHashMap<String, String>();
        strings.put(VERSION_KEY, packed.isEmpty() ? PLAIN_VERSION : PACKED_VERSION);
        strings.put(ARCHITECTURE_KEY, architecture);
        if (!packed.isEmpty()) {
            var packings = Json.object();
            for (var weight : packed.entrySet()) {
                packings = packings.with(weight.getKey(), weight.getValue().packing().toString());
            }
            strings.put(PACKING_KEY, packings.compact());
        }
        metadata.forEach((key, value) -> {
            if (key.equals(PACKING_KEY) || strings.put(key, value) != null) {
                throw new IllegalArgumentException("the metadata key " + key + " is the format's own");
            }
        });
        var tensors = new LinkedHashMap<String, RawTensor>();
        StateDict.of(model).entries().forEach((name, entry) -> {
            var weight = packed.get(name);
            if (weight == null) {
                put(tensors, name, RawTensor.of(entry.value()));
            } else {
                weight.tensors(name).forEach((part, tensor) -> put(tensors, part, tensor));
            }
            if (weight == null || weight.packing().layout() == Layout.ALL) {
                entry.mask().ifPresent(mask -> put(tensors, name + MASK, rawMask(mask)));
            }
        });
        return TensorFile.of(tensors, strings);
    }

    private static void put(Map<String, RawTensor> tensors, String name, RawTensor tensor) {
        if (tensors.put(name, tensor) != null) {
            throw new IllegalArgumentException("two tensors would be called " + name);
        }
    }

    private static RawTensor rawMask(Mask mask) {
        var kept = new boolean[mask.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = mask.keeps(i);
        }
        return RawTensor.ofBooleans(mask.shape(), kept);
    }

    /** Takes a model out of a file, tensor by tensor as its layers ask for them. */
    private static final class Reader implements Layers.Values, PackedWeight.Source {
        private final String source;
        private final TensorFile file;
        private final Set<String> used = new HashSet<>();
        private final Map<String, Packing> packings = new LinkedHashMap<>();
        private final Map<String, PackedWeight> packed = new LinkedHashMap<>();

        Reader(String source, TensorFile file) {
            this.source = source;
            this.file = file;
        }

        ModelFile read(LayerKinds kinds) throws FormatException {
            switch (file.metadata(VERSION_KEY)) {
                case PLAIN_VERSION -> {}
                case PACKED_VERSION -> readPackings();
                default -> throw problem("version " + file.metadata(VERSION_KEY) + "; this library reads "
                        + PLAIN_VERSION + " and " + PACKED_VERSION, null);
            }
            var model = Layers.build(source, object(ARCHITECTURE_KEY), kinds, this);
            for (var name : packings.keySet()) {
                if (!packed.containsKey(name)) {
                    throw problem("packed \"" + name + "\" belongs to no layer", null);
                }
            }
            for (var name : file.tensors().keySet()) {
                if (!used.contains(name)) {
                    throw problem("tensor \"" + name + "\" belongs to no layer", null);
                }
            }
            var metadata = new LinkedHashMap<>(file.metadata());
            metadata.remove(VERSION_KEY);
            metadata.remove(ARCHITECTURE_KEY);
            if (!packings.isEmpty()) {
                metadata.remove(PACKING_KEY);
            }
            return new ModelFile(model, metadata, packed);
        }

        private void readPackings() throws FormatException {
            var texts = object(PACKING_KEY);
            try {
                for (var name : texts.members().keySet()) {
                    packings.put(name, Packing.parse(texts.string(name)));
                }
            } catch (FormatException e) {
                throw problem("metadata " + PACKING_KEY + ": " + e.getMessage(), e);
            }
            if (packings.isEmpty()) {
                throw problem("version " + PACKED_VERSION + " but nothing is packed", null);
            }
        }

        private Json.Obj object(String key) throws FormatException {
            var text = file.metadata(key);
            if (text.length() > LONGEST_ARCHITECTURE) {
                throw problem("metadata " + key + " of " + text.length() + " characters", null);
            }
            try {
                if (Json.parse(text) instanceof Json.Obj object) {
                    return object;
                }
            } catch (FormatException e) {
                throw problem("metadata " + key + ": " + e.getMessage(), e);
            }
            throw problem("metadata " + key + " is no JSON object", null);
        }

        @Override
        public StateDict.Entry get(String name, Shape shape) throws FormatException {
            var packing = packings.get(name);
            if (packing == null) {
                return new StateDict.Entry(raw(name, DType.F32, shape).toTensor(), mask(name, shape));
            }
            var weight = PackedWeight.read(packing, name, shape, this);
            packed.put(name, weight);
            return unpacked(weight, packing.layout() == Layout.ALL ? mask(name, shape) : Optional.empty());
        }

        @Override
        public RawTensor tensor(String part) throws FormatException {
            used.add(part);
            return file.raw(part);
        }

        private Optional<Mask> mask(String name, Shape shape) throws FormatException {
            return file.tensors().containsKey(name + MASK)
                    ? Optional.of(Mask.of(shape, raw(name + MASK, DType.BOOL, shape).toBooleans()))
                    : Optional.empty();
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
}
