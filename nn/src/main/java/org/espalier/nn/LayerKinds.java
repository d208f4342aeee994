package org.espalier.nn;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.io.FormatException;

/**
 * The kinds of layers that can be built from text: the names in {@link LayerConfig#kind} and how to build each. An
 * immutable table; a file can name only what the table has, so reading one runs no code that the program did not
 * choose.
 */
public final class LayerKinds {
    /** Builds a layer of one kind. */
    @FunctionalInterface
    public interface Factory {
        /**
         * The layer. An {@link IllegalArgumentException}, as constructors throw it for bad settings, counts as a
         * {@code FormatException}.
         *
         * @throws FormatException if the blueprint does not describe one
         */
        Layer build(Blueprint plan) throws FormatException;
    }

    private static final LayerKinds STANDARD = new LayerKinds(Collections.emptySortedMap());

    private static final Set<String> STANDARD_NAMES = Set.of("linear", IntegerLinear.KIND, "sequential", "residual",
            "concat", "graph", "sum", "product", "concatenation", "embedding", "layer_norm", "batch_norm_1d", "dropout",
            "leaky_relu", "select", "flatten", "relu", "tanh", "sigmoid", "gelu", "softplus", "softmax");

    private final SortedMap<String, Factory> own;

    private LayerKinds(SortedMap<String, Factory> own) {
        this.own = own;
    }

    /** The layers of this library. */
    public static LayerKinds standard() {
        return STANDARD;
    }

    /** This table with one more kind, or another factory for a kind it has: the door for layers of your own. */
    public LayerKinds with(String kind, Factory factory) {
        var more = new TreeMap<>(own);
        more.put(kind, factory);
        return new LayerKinds(Collections.unmodifiableSortedMap(more));
    }

    /** The names, sorted. */
    public Set<String> names() {
        var names = new TreeSet<>(STANDARD_NAMES);
        names.addAll(own.keySet());
        return Collections.unmodifiableSet(names);
    }

    /**
     * Builds a layer. By a switch, not by factories in a map: starting a program costs the kinds that its model has,
     * not all of them.
     *
     * @throws FormatException if the kind is not in the table, or the blueprint does not describe one
     */
    Layer build(String kind, Blueprint plan) throws FormatException {
        if (own.containsKey(kind)) {
            return own.get(kind).build(plan);
        }
        return switch (kind) {
            case "linear" -> Linear.build(plan);
            case IntegerLinear.KIND -> IntegerLinear.build(plan);
            case "sequential" -> Sequential.build(plan);
            case "residual" -> Residual.build(plan);
            case "concat" -> Concat.build(plan);
            case "graph" -> Graph.build(plan);
            case "sum" -> new Sum();
            case "product" -> new Product();
            case "concatenation" -> new Concatenation();
            case "embedding" -> Embedding.build(plan);
            case "layer_norm" -> LayerNorm.build(plan);
            case "batch_norm_1d" -> BatchNorm1d.build(plan);
            case "dropout" -> Dropout.build(plan);
            case "leaky_relu" -> LeakyRelu.build(plan);
            case "select" -> FeatureSelect.build(plan);
            case "flatten" -> Flatten.INSTANCE;
            case "relu" -> Relu.INSTANCE;
            case "tanh" -> Tanh.INSTANCE;
            case "sigmoid" -> Sigmoid.INSTANCE;
            case "gelu" -> Gelu.INSTANCE;
            case "softplus" -> Softplus.INSTANCE;
            case "softmax" -> Softmax.INSTANCE;
            default -> throw new FormatException("config", "unknown kind \"" + kind + "\"; known are " + names());
        };
    }
}
