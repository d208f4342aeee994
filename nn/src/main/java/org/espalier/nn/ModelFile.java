package org.espalier.nn;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RawTensor;
import org.espalier.io.SafeTensors;
import org.espalier.io.SaveException;
import org.espalier.io.TensorFile;
import org.espalier.tensor.Shape;

/**
 * A model in one file that every safetensors reader can open: tensors under PyTorch's names, such as {@code
 * fc1.weight}, as F32; masks beside them, as BOOL under {@code fc1.weight.mask}; and as metadata the version, the
 * {@link Architecture} and whatever strings the program adds (the recipe, the seed, a report).
 *
 * <p>Writing replaces an old file in one step and adds a checksum. Reading checks everything before it builds anything:
 * the checksum, that every kind of layer is known, that the tensors are exactly those the architecture needs, in its
 * shapes. It runs no code but that of the layers in the table of kinds.
 *
 * @param model the model
 * @param metadata strings of the program's own, by key
 */
public record ModelFile(Layer model, Map<String, String> metadata) {
    private static final String VERSION_KEY = "espalier.version";
    private static final String ARCHITECTURE_KEY = "espalier.architecture";
    private static final String VERSION = "1";
    private static final String MASK = ".mask";

    /** Longest architecture, in characters: a tree of JSON takes many times its text. */
    private static final int LONGEST_ARCHITECTURE = 1 << 22;

    /** Copies the metadata. */
    public ModelFile {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A file of a model, without other metadata. */
    public static ModelFile of(Layer model) {
        return new ModelFile(model, Map.of());
    }

    /** This file with a string of the program's own. */
    public ModelFile with(String key, String value) {
        var more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new ModelFile(model, more);
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
        var strings = new LinkedHashMap<>(metadata);
        if (strings.put(VERSION_KEY, VERSION) != null | strings.put(ARCHITECTURE_KEY, architecture) != null) {
            throw new IllegalArgumentException("the metadata keys " + VERSION_KEY + " and " + ARCHITECTURE_KEY
                    + " are the format's own");
        }
        var tensors = new LinkedHashMap<String, RawTensor>();
        StateDict.of(model).entries().forEach((name, entry) -> {
            put(tensors, name, RawTensor.of(entry.value()));
            entry.mask().ifPresent(mask -> put(tensors, name + MASK, rawMask(mask)));
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
    private static final class Reader {
        private final String source;
        private final TensorFile file;
        private final Set<String> used = new HashSet<>();

        Reader(String source, TensorFile file) {
            this.source = source;
            this.file = file;
        }

        ModelFile read(LayerKinds kinds) throws FormatException {
            if (!file.metadata(VERSION_KEY).equals(VERSION)) {
                throw problem("version " + file.metadata(VERSION_KEY) + "; this library reads " + VERSION, null);
            }
            var model = Assembly.build(source, architecture(), kinds, this::entry);
            for (var name : file.tensors().keySet()) {
                if (!used.contains(name)) {
                    throw problem("tensor \"" + name + "\" belongs to no layer", null);
                }
            }
            var metadata = new LinkedHashMap<>(file.metadata());
            metadata.remove(VERSION_KEY);
            metadata.remove(ARCHITECTURE_KEY);
            return new ModelFile(model, metadata);
        }

        private Json.Obj architecture() throws FormatException {
            var text = file.metadata(ARCHITECTURE_KEY);
            if (text.length() > LONGEST_ARCHITECTURE) {
                throw problem("an architecture of " + text.length() + " characters", null);
            }
            try {
                if (Json.parse(text) instanceof Json.Obj object) {
                    return object;
                }
            } catch (FormatException e) {
                throw problem("metadata " + ARCHITECTURE_KEY + ": " + e.getMessage(), e);
            }
            throw problem("metadata " + ARCHITECTURE_KEY + " is no JSON object", null);
        }

        private StateDict.Entry entry(String name, Shape shape) throws FormatException {
            var value = raw(name, DType.F32, shape);
            var mask = Optional.<Mask>empty();
            if (file.tensors().containsKey(name + MASK)) {
                var kept = raw(name + MASK, DType.BOOL, shape).toBooleans();
                mask = Optional.of(Mask.of(shape, i -> kept[i]));
            }
            return new StateDict.Entry(value.toTensor(), mask);
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
