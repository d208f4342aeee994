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

    /** No limit to the number of inputs. */
    static final int ANY = Integer.MAX_VALUE;

    /** An operator that takes {@code least} inputs, all of which must be there, up to {@code most}. */
    private record Entry(int least, int most, Factory factory) {}

    private final Map<String, Entry> entries = new TreeMap<>();

    private Operators() {
        ElementwiseOperator.register(this);
        ActivationOperator.register(this);
        Arithmetic.register(this);
        Relation.register(this);
        ReductionOperator.register(this);
        Extreme.register(this);
        Running.register(this);
        SoftmaxOperator.register(this);
        NormalizationOperator.register(this);
        ProductOperator.register(this);
        EinsumOperator.register(this);
        Reshaping.register(this);
        Axes.register(this);
        Joining.register(this);
        Slicing.register(this);
        Picking.register(this);
        Padding.register(this);
        Sizes.register(this);
        Casting.register(this);
        QuantizationOperator.register(this);
        OneHotOperator.register(this);
        Largest.register(this);
        Scaling.register(this);
        CategoryOperator.register(this);
        LinearModel.register(this);
    }

    void add(String name, int inputs, Factory factory) {
        add(name, inputs, inputs, factory);
    }

    void add(String name, int least, int most, Factory factory) {
        entries.put(name, new Entry(least, most, factory));
    }

    /** An operator of the domain of classical machine learning, of one input. */
    void addMl(String name, Factory factory) {
        add(ML + "." + name, 1, factory);
    }

    /** The names, sorted. */
    public static Set<String> names() {
        return new TreeSet<>(ALL.entries.keySet());
    }

    /** Whether there is such an operator; the domain of the standard is empty. */
    public static boolean has(String domain, String name) {
        return ALL.entries.containsKey(key(domain, name));
    }

    /**
     * Makes an operator.
     *
     * @throws IllegalArgumentException if an attribute is not supported
     */
    public static Operator of(String domain, String name, Attributes attributes) {
        var operator = ALL.entries.get(key(domain, name)).factory.of(attributes);
        attributes.requireNoOthers();
        return operator;
    }

    /**
     * Refuses a number of inputs that an operator does not take.
     *
     * @param present for each input whether it is there; the last one is
     */
    public static void requireInputs(String domain, String name, boolean... present) {
        var entry = ALL.entries.get(key(domain, name));
        if (present.length < entry.least || present.length > entry.most) {
            throw new IllegalArgumentException("it has " + present.length + " inputs, but takes "
                    + (entry.most == ANY
                            ? entry.least + " or more"
                            : entry.most == entry.least ? entry.most : entry.least + " to " + entry.most));
        }
        for (int i = 0; i < present.length; i++) {
            if (!present[i] && (i < entry.least || entry.most == ANY)) {
                throw new IllegalArgumentException("its input " + i + " is missing");
            }
        }
    }

    private static String key(String domain, String name) {
        return domain.isEmpty() ? name : domain + "." + name;
    }
}
