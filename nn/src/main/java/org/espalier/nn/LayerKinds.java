package org.espalier.nn;

import java.util.Collections;
import java.util.Optional;
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
            "concat", "embedding", "layer_norm", "batch_norm_1d", "dropout", "leaky_relu", "select", "flatten", "relu",
            "tanh", "sigmoid", "gelu", "softplus", "softmax");

    private final SortedMap<String, Factory> own;

    private LayerKinds(SortedMap<String, Factory> own) {
        this.own = own;
    }

    /** A switch, not a map: starting a program costs the kinds that its model has, not all of them. */
    private static Factory standard(String kind) {
        return switch (kind) {
            case "linear" -> Linear::build;
            case IntegerLinear.KIND -> IntegerLinear::build;
            case "sequential" -> Sequential::build;
            case "residual" -> Residual::build;
            case "concat" -> Concat::build;
            case "embedding" -> Embedding::build;
            case "layer_norm" -> LayerNorm::build;
            case "batch_norm_1d" -> BatchNorm1d::build;
            case "dropout" -> Dropout::build;
            case "leaky_relu" -> LeakyRelu::build;
            case "select" -> Select::build;
            case "flatten" -> plan -> Flatten.INSTANCE;
            case "relu" -> plan -> Relu.INSTANCE;
            case "tanh" -> plan -> Tanh.INSTANCE;
            case "sigmoid" -> plan -> Sigmoid.INSTANCE;
            case "gelu" -> plan -> Gelu.INSTANCE;
            case "softplus" -> plan -> Softplus.INSTANCE;
            case "softmax" -> plan -> Softmax.INSTANCE;
            default -> null;
        };
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

    /** How to build a kind, if it is known. */
    public Optional<Factory> factory(String kind) {
        return Optional.ofNullable(own.containsKey(kind) ? own.get(kind) : standard(kind));
    }
}
