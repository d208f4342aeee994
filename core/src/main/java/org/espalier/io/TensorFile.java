package org.espalier.io;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.espalier.tensor.Tensor;

/**
 * Named tensors and a map of strings about them: what a safetensors file holds. An immutable value; equal means the
 * same tensors and metadata, in any order.
 */
public final class TensorFile {

    /** The metadata key under which {@link SafeTensors} keeps its checksum; it never appears in {@link #metadata()}. */
    public static final String CHECKSUM_KEY = "espalier.crc32c";

    static final String METADATA = "__metadata__";

    private final String source;
    private final Map<String, RawTensor> tensors;
    private final Map<String, String> metadata;

    /** For readers: the maps are given away. */
    TensorFile(String source, Map<String, RawTensor> tensors, Map<String, String> metadata) {
        this.source = source;
        this.tensors = Collections.unmodifiableMap(tensors);
        this.metadata = Collections.unmodifiableMap(metadata);
    }

    /**
     * The file with these contents.
     *
     * @param tensors by name; any name but the empty one and {@code __metadata__}
     * @param metadata whatever else is to be said; any key but {@link #CHECKSUM_KEY}
     * @return the file
     * @throws IllegalArgumentException if a name or key is one of those, or has a lone surrogate
     */
    public static TensorFile of(Map<String, RawTensor> tensors, Map<String, String> metadata) {
        for (String name : tensors.keySet()) {
            if (name.isEmpty() || name.equals(METADATA)) {
                throw new IllegalArgumentException("a tensor cannot be called \"" + name + "\"");
            }
            JsonPrinter.requireUnicode(name);
        }
        metadata.forEach((key, value) -> {
            if (key.equals(CHECKSUM_KEY)) {
                throw new IllegalArgumentException("the metadata key " + key + " is written by SafeTensors itself");
            }
            JsonPrinter.requireUnicode(key);
            JsonPrinter.requireUnicode(value);
        });
        return new TensorFile("tensor file", new LinkedHashMap<>(tensors), new LinkedHashMap<>(metadata));
    }

    /**
     * All tensors.
     *
     * @return by name, in the order of the file's header
     */
    public Map<String, RawTensor> tensors() {
        return tensors;
    }

    /**
     * The file's strings.
     *
     * @return by key, in the order of the file's header
     */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * One tensor as the file holds it.
     *
     * @param name its name
     * @return the tensor
     * @throws FormatException if there is none of that name
     */
    public RawTensor raw(String name) throws FormatException {
        RawTensor raw = tensors.get(name);
        if (raw == null) {
            String some = String.join(", ", tensors.keySet().stream().limit(8).toList());
            throw new FormatException(source, "no tensor \"" + name + "\" among the " + tensors.size() + ": " + some);
        }
        return raw;
    }

    /**
     * One tensor as float32.
     *
     * @param name its name
     * @return the tensor, converted like {@link RawTensor#toFloats()}
     * @throws FormatException if there is none of that name, or its elements cannot be decoded
     */
    public Tensor tensor(String name) throws FormatException {
        RawTensor raw = raw(name);
        if (!raw.dtype().isDecodable()) {
            throw new FormatException(source, "tensor \"" + name + "\" is " + raw + ": that type is not decoded");
        }
        return raw.toTensor();
    }

    /**
     * One string of the metadata.
     *
     * @param key its key
     * @return the string
     * @throws FormatException if there is none of that key
     */
    public String metadata(String key) throws FormatException {
        String value = metadata.get(key);
        if (value == null) {
            throw new FormatException(source, "no metadata \"" + key + "\"");
        }
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TensorFile that && tensors.equals(that.tensors) && metadata.equals(that.metadata);
    }

    @Override
    public int hashCode() {
        return 31 * tensors.hashCode() + metadata.hashCode();
    }

    @Override
    public String toString() {
        return source + tensors;
    }
}
