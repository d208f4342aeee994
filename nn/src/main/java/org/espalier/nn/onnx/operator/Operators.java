package org.espalier.nn.onnx.operator;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The operators that there are, by domain and name: the standard's have no domain in front. */
public final class Operators {
    /** The domain of classical machine learning. */
    public static final String ML = "ai.onnx.ml";

    /** Makes an operator from the attributes of a node. */
    @FunctionalInterface
    public interface Factory {
        /** The operator; throws {@link IllegalArgumentException} if the attributes are not supported. */
        Operator of(Attributes attributes);
    }

    private static final Operators ALL = new Operators();

    private final Map<String, Factory> factories = new TreeMap<>();

    private Operators() {
        Unary.register(this);
        Activations.register(this);
        Arithmetic.register(this);
        Relation.register(this);
        Reduction.register(this);
        Extreme.register(this);
        Running.register(this);
        Softmax.register(this);
        Normalization.register(this);
        Product.register(this);
        Einsum.register(this);
        Reshaping.register(this);
        Axes.register(this);
        Joining.register(this);
        Slicing.register(this);
        Picking.register(this);
        Padding.register(this);
        Sizes.register(this);
        Casting.register(this);
        Quantization.register(this);
        OneHot.register(this);
        Largest.register(this);
        Scaling.register(this);
        Labels.register(this);
        LinearModel.register(this);
    }

    void add(String name, Factory factory) {
        factories.put(name, factory);
    }

    void addMl(String name, Factory factory) {
        factories.put(ML + "." + name, factory);
    }

    /** The names, sorted. */
    public static Set<String> names() {
        return new TreeSet<>(ALL.factories.keySet());
    }

    /** Whether there is such an operator; the domain of the standard is empty. */
    public static boolean has(String domain, String name) {
        return ALL.factories.containsKey(key(domain, name));
    }

    /**
     * Makes an operator.
     *
     * @throws IllegalArgumentException if an attribute is not supported
     */
    public static Operator of(String domain, String name, Attributes attributes) {
        var operator = ALL.factories.get(key(domain, name)).of(attributes);
        attributes.requireNoOthers();
        return operator;
    }

    private static String key(String domain, String name) {
        return domain.isEmpty() ? name : domain + "." + name;
    }
}
