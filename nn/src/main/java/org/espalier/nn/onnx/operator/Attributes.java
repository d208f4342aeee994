package org.espalier.nn.onnx.operator;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes of a node, and what else an operator is made from. An attribute that no one asked for is refused in
 * the end: it might change what the node means.
 */
public final class Attributes {
    private final Map<String, Attribute> all;
    private final long opset;
    private final int output;
    private final int outputs;
    /** The names that were asked for; null if there are no attributes to be known. */
    private final Set<String> known;

    /**
     * The attributes of one output of a node.
     *
     * @param all by name
     * @param opset the version of the operators of its domain
     * @param output the index of the output that is wanted
     * @param outputs how many outputs the node names
     */
    public Attributes(Map<String, Attribute> all, long opset, int output, int outputs) {
        this.all = all;
        this.opset = opset;
        this.output = output;
        this.outputs = outputs;
        this.known = all.isEmpty() ? null : new HashSet<>();
    }

    /** The version of the operators. */
    public long opset() {
        return opset;
    }

    /** Which output is wanted. */
    public int output() {
        return output;
    }

    /** How many outputs there are. */
    public int outputs() {
        return outputs;
    }

    /** Whether there is such an attribute. */
    public boolean has(String name) {
        if (known == null) {
            return false;
        }
        known.add(name);
        return all.containsKey(name);
    }

    private <T extends Attribute> Optional<T> get(String name, Class<T> kind, String what) {
        if (!has(name)) {
            return Optional.empty();
        }
        if (!kind.isInstance(all.get(name))) {
            throw new IllegalArgumentException("the attribute " + name + " must be " + what);
        }
        return Optional.of(kind.cast(all.get(name)));
    }

    /** A float. */
    public float real(String name, float otherwise) {
        return get(name, Attribute.Reals.class, "a float")
                .map(reals -> only(name, reals.values().length, reals.values()))
                .orElse(otherwise);
    }

    private static float only(String name, int count, float... values) {
        requireOne(name, count);
        return values[0];
    }

    private static void requireOne(String name, int count) {
        if (count != 1) {
            throw new IllegalArgumentException("the attribute " + name + " must be one value, not " + count);
        }
    }

    /** Floats, if there is such an attribute. */
    public Optional<float[]> reals(String name) {
        return get(name, Attribute.Reals.class, "a list of floats").map(reals -> reals.values().clone());
    }

    /** An integer. */
    public long integer(String name, long otherwise) {
        var integers = get(name, Attribute.Integers.class, "an integer");
        integers.ifPresent(all -> requireOne(name, all.values().length));
        return integers.map(all -> all.values()[0]).orElse(otherwise);
    }

    /** An integer that is 0 or not. */
    public boolean flag(String name, boolean otherwise) {
        return integer(name, otherwise ? 1 : 0) != 0;
    }

    /** Integers, if there is such an attribute. */
    public Optional<long[]> integers(String name) {
        return get(name, Attribute.Integers.class, "a list of integers").map(integers -> integers.values().clone());
    }

    /** A string. */
    public String text(String name, String otherwise) {
        var texts = get(name, Attribute.Texts.class, "a string");
        texts.ifPresent(all -> requireOne(name, all.values().size()));
        return texts.map(all -> all.values().getFirst()).orElse(otherwise);
    }

    /** Strings, if there is such an attribute. */
    public Optional<List<String>> texts(String name) {
        return get(name, Attribute.Texts.class, "a list of strings").map(Attribute.Texts::values);
    }

    /** A tensor, if there is such an attribute. */
    public Optional<Constant> tensor(String name) {
        return get(name, Attribute.Value.class, "a tensor").map(Attribute.Value::value);
    }

    /** Names attributes that make no difference in inference. */
    public void ignore(String... names) {
        if (known != null) {
            known.addAll(List.of(names));
        }
    }

    /** Refuses an attribute that has another value than this one. */
    public void require(String name, long supported, String remedy) {
        long value = integer(name, supported);
        if (value != supported) {
            throw new IllegalArgumentException(name + " = " + value + " is not supported" + remedy);
        }
    }

    /** Refuses attributes that were not asked for. */
    public void requireNoOthers() {
        for (var name : all.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("the attribute " + name + " is not supported");
            }
        }
    }
}
