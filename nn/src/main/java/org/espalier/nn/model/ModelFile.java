package org.espalier.nn.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
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
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.SafeTensors;
import org.espalier.io.SaveException;
import org.espalier.nn.Architecture;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Layers;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Tensor;

/**
 * A model in one file that every safetensors reader can open, with everything that is needed to use it again: the
 * values and masks under PyTorch's names, such as {@code fc1.weight}; the {@link Architecture}; sections and strings of
 * the program (the schema of its inputs, the recipe, a report); rows to verify it by.
 *
 * {@snippet :
 * import org.espalier.nn.*;
 * var model = Sequential.of(Linear.of(4, 16), Activation.relu(), Linear.of(16, 3));
 * Path path = Files.createTempFile("model", ".safetensors");
 * ModelFile.of(model).with("seed", "42").verified(org.espalier.tensor.Tensor.matrix(new float[4])).write(path);
 *
 * ModelFile file = ModelFile.read(path); // checks the rows
 * Layer back = file.model();
 * }
 *
 * <p>Every parameter is written in the smallest form that loses nothing: a masked one as the kept values and where they
 * are, values that are bfloat16 numbers as such, and never with more bytes than the dense values take. {@link #packed}
 * chooses forms that round, rounds the model to what will be read back, and so says before writing what the file will
 * be worth. {@link #plain} has every parameter as F32 under its own name, for other programs.
 *
 * <p>Files have version 3; versions 1 and 2 are read as well.
 *
 * <p>Writing replaces an old file in one step and adds a checksum. Reading checks everything before it builds anything:
 * the checksum, that every kind of layer is known, that the tensors are exactly those the architecture needs, in its
 * shapes; and then that the model makes of the verification rows what it made of them when it was saved. It runs no
 * code but that of the layers in the table of kinds.
 */
public final class ModelFile {
    private final String source;
    private final Layer model;
    private final Map<String, String> metadata;
    private final Map<String, PackedWeight> packed;
    private final Set<String> rounded;
    private final boolean plain;
    private final Verification verification;

    ModelFile(String source, Layer model, Map<String, String> metadata, Map<String, PackedWeight> packed,
            Set<String> rounded, boolean plain, Verification verification) {
        this.source = source;
        this.model = model;
        this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        this.packed = Collections.unmodifiableMap(new LinkedHashMap<>(packed));
        this.rounded = rounded;
        this.plain = plain;
        this.verification = verification;
    }

    /** A file of a model, without anything else. */
    public static ModelFile of(Layer model) {
        return new ModelFile("model", model, Map.of(), Map.of(), Set.of(), false, null);
    }

    /** The model. */
    public Layer model() {
        return model;
    }

    /** The strings that the program has added, by key; sections are there as JSON. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** The packed parameters, by full name; the model has their values. */
    public Map<String, PackedWeight> packed() {
        return packed;
    }

    /** The rows by which the model is verified when it is read. */
    public Optional<Verification> verification() {
        return Optional.ofNullable(verification);
    }

    boolean isPlain() {
        return plain;
    }

    /** Whether a parameter was packed by choice, and so is not simply written in another form if it has changed. */
    boolean isRounded(String name) {
        return rounded.contains(name);
    }

    /** This file with a string, such as the recipe or the fingerprint of the data. */
    public ModelFile with(String key, String value) {
        var more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new ModelFile(source, model, more, packed, rounded, plain, verification);
    }

    /** This file with a section of the program, such as the schema of the model's inputs. */
    public ModelFile with(String key, Json.Obj section) {
        return with(key, section.compact());
    }

    /**
     * A section.
     *
     * @return the section, or empty if there is none of that key
     * @throws FormatException if what is there is no JSON object
     */
    public Optional<Json.Obj> section(String key) throws FormatException {
        var text = metadata.get(key);
        if (text == null) {
            return Optional.empty();
        }
        if (text.length() <= ModelFormat.LONGEST_TEXT && Json.parse(text) instanceof Json.Obj section) {
            return Optional.of(section);
        }
        throw new FormatException(source, "metadata \"" + key + "\" is not a JSON object");
    }

    /**
     * This file with rows by which the model is verified whenever it is read; what it makes of them now is kept with
     * them. A few rows that are typical are enough; they are written as they are, 4 bytes a number.
     *
     * @param inputs [rows, ...], as the model takes them
     * @throws IllegalArgumentException if there is no row
     */
    public ModelFile verified(Tensor inputs) {
        var rows = new Verification(inputs.detach(), model.forward(inputs).detach());
        return new ModelFile(source, model, metadata, packed, rounded, plain, rows);
    }

    /**
     * This file with every parameter that is not packed by choice written as F32 under its own name, as other programs
     * that read safetensors expect it. Masked elements are −0.
     */
    public ModelFile plain() {
        return new ModelFile(source, model, metadata, packed, rounded, true, verification);
    }

    /**
     * The file of a copy of the model whose parameters are packed, and rounded to what they will be when it is read.
     *
     * @param choice the packing of a parameter, by its full name; {@link Packing#NONE} for none
     * @throws IllegalArgumentException if a number is not finite and its packing rounds
     * @throws UnsupportedOperationException if a layer does not say how it is copied
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

    /**
     * As {@link #packed(Function)}: one packing for all matrices, which are the weights, and one for the biases beside
     * them. Parameters of layers without a weight matrix (norms, scaling and other preprocessing) are not rounded: a
     * rounded mean of a feature like a year would move the feature itself.
     */
    public ModelFile packed(Packing weights, Packing biases) {
        var chosen = new HashMap<String, Packing>();
        choose("", model, weights, biases, chosen);
        return packed(name -> chosen.getOrDefault(name, Packing.NONE));
    }

    private static void choose(String prefix, Layer layer, Packing weights, Packing biases,
            Map<String, Packing> chosen) {
        boolean matrix = false;
        for (var parameter : layer.ownParameters()) {
            matrix |= parameter.isTrainable() && parameter.shape().rank() == 2;
        }
        for (var parameter : layer.ownParameters()) {
            if (matrix && parameter.isTrainable()) {
                chosen.put(prefix + parameter.name(), parameter.shape().rank() == 2 ? weights : biases);
            }
        }
        layer.children().forEach((name, child) -> choose(prefix + name + ".", child, weights, biases, chosen));
    }

    /**
     * The file of a copy of the model with these packed parameters in place of its own.
     *
     * @param weights by full name
     * @throws IllegalArgumentException if the model has no parameter of a name and shape
     * @throws UnsupportedOperationException if a layer does not say how it is copied
     */
    public ModelFile packed(Map<String, PackedWeight> weights) {
        var copy = Layers.copy(model);
        var state = StateDict.of(copy);
        var entries = new LinkedHashMap<>(state.entries());
        weights.forEach((name, weight) -> entries.put(name, unpacked(weight, state.mask(name), false)));
        StateDict.of(entries).applyTo(copy);
        var all = new LinkedHashMap<>(packed);
        all.putAll(weights);
        var names = new HashSet<>(rounded);
        names.addAll(weights.keySet());
        var file = new ModelFile(source, copy, metadata, all, names, plain, null);
        return verification == null ? file : file.verified(verification.inputs());
    }

    /** A layout of some elements is a mask; in a model without one, what is not zero is kept. */
    private static IntPredicate kept(Packing packing, StateDict.Entry entry) {
        if (entry.mask().isPresent() || packing.layout() == Layout.ALL) {
            return entry.mask().orElse(Mask.all(entry.value().shape()))::keeps;
        }
        return Mask.nonZero(entry.value())::keeps;
    }

    /** The value and mask of a packed weight: elements that are not written are masked, or plain zeros. */
    static StateDict.Entry unpacked(PackedWeight weight, Optional<Mask> mask, boolean zeros) {
        if (weight.packing().layout() == Layout.ALL) {
            return new StateDict.Entry(weight.toTensor(), mask);
        }
        return new StateDict.Entry(weight.toTensor(),
                zeros ? Optional.empty() : Optional.of(Mask.of(weight.shape(), weight.written())));
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
        SafeTensors.write(path, ModelWriter.contents(this));
    }

    /** The file's bytes; the same for equal models and metadata. Throws as {@link #write}. */
    public byte[] toBytes() {
        return SafeTensors.toBytes(ModelWriter.contents(this));
    }

    /**
     * Reads a file of standard layers.
     *
     * @throws FormatException if it is damaged, describes no model, or the model fails its verification
     * @throws IOException if it cannot be read
     */
    public static ModelFile read(Path path) throws IOException {
        return read(path, LayerKinds.standard());
    }

    /**
     * Reads a file.
     *
     * @param kinds the layers it may have
     * @throws FormatException if it is damaged, describes no model of these layers, or the model fails its verification
     * @throws IOException if it cannot be read
     */
    public static ModelFile read(Path path, LayerKinds kinds) throws IOException {
        return readUnverified(path, kinds).checked();
    }

    /**
     * Reads a file of a model with the same layers as one at hand, which stays as it is. Layers of any kind are copied,
     * not built, so no table of kinds is needed.
     *
     * @throws FormatException as {@link #read(Path)}; also if the layers in the file are others
     * @throws IOException if it cannot be read
     * @throws UnsupportedOperationException if a layer has no {@link Layer#config()} or cannot be copied
     */
    public static ModelFile read(Path path, Layer like) throws IOException {
        return new ModelReader(path.toString(), SafeTensors.read(path, SafeTensors.Checksum.REQUIRED))
                .readLike(like)
                .checked();
    }

    /**
     * Reads a file of standard layers from a stream, such as a resource, to its end.
     *
     * @param stream not closed
     * @throws FormatException as {@link #read(Path)}
     * @throws IOException if it cannot be read
     */
    public static ModelFile read(InputStream stream) throws IOException {
        return read(stream.readAllBytes());
    }

    /**
     * Reads a file of standard layers held in memory.
     *
     * @throws FormatException as {@link #read(Path)}
     */
    public static ModelFile read(byte[] file) throws FormatException {
        return read(file, LayerKinds.standard());
    }

    /**
     * Reads a file held in memory.
     *
     * @param kinds the layers it may have
     * @throws FormatException as {@link #read(Path, LayerKinds)}
     */
    public static ModelFile read(byte[] file, LayerKinds kinds) throws FormatException {
        return readUnverified(file, kinds).checked();
    }

    /**
     * As {@link #read(Path, LayerKinds)}, but does not compute the verification rows: for callers that {@link #check}
     * what they compute with the model themselves.
     */
    public static ModelFile readUnverified(Path path, LayerKinds kinds) throws IOException {
        return new ModelReader(path.toString(), SafeTensors.read(path, SafeTensors.Checksum.REQUIRED)).read(kinds);
    }

    /** As {@link #readUnverified(Path, LayerKinds)}, of a file held in memory. */
    public static ModelFile readUnverified(byte[] file, LayerKinds kinds) throws FormatException {
        return new ModelReader("model bytes", SafeTensors.read(file, SafeTensors.Checksum.REQUIRED)).read(kinds);
    }

    private ModelFile checked() throws FormatException {
        if (verification == null) {
            return this;
        }
        Tensor now;
        try {
            now = model.forward(verification.inputs());
        } catch (IllegalArgumentException e) {
            throw new FormatException(source, FormatException.NO_OFFSET,
                    "the model does not take its verification rows: " + e.getMessage(), e);
        }
        check(now);
        return this;
    }

    /**
     * Compares what the model gives for the inputs of the verification rows with the outputs in the file.
     *
     * @throws FormatException if it gives something else; also if there are no such rows
     */
    public void check(Tensor outputs) throws FormatException {
        if (verification == null) {
            throw new FormatException(source, "no verification rows");
        }
        verification.check(source, outputs);
    }
}
