package org.espalier.nn;

import java.util.Collections;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** Kinds that another part of the program brings; found by {@link ServiceLoader}. */
    public interface Provider extends Factory {
        /** The name of the kind. */
        String kind();
    }

    private static final LayerKinds STANDARD = new LayerKinds(Collections.emptySortedMap());

    private final SortedMap<String, Factory> own;

    private LayerKinds(SortedMap<String, Factory> own) {
        this.own = own;
    }

    /** The layers of this library. */
    public static LayerKinds standard() {
        return STANDARD;
    }

    /** This table with one more kind, or another factory for a kind it has: how files with your own layers are read. */
    public LayerKinds with(String kind, Factory factory) {
        var more = new TreeMap<>(own);
        more.put(kind, factory);
        return new LayerKinds(Collections.unmodifiableSortedMap(more));
    }

    /**
     * Builds a layer.
     *
     * @throws FormatException if the kind is not in the table, or the blueprint does not describe one
     */
    Layer build(String kind, Blueprint plan) throws FormatException {
        var layer = own.containsKey(kind) ? own.get(kind).build(plan) : standard(kind, plan);
        if (layer == null) {
            layer = provided(kind, plan);
        }
        if (layer == null) {
            throw new FormatException("config", "unknown kind \"" + kind
                    + "\"; to read a custom layer, give a LayerKinds that has its kind");
        }
        return layer;
    }

    private static Layer provided(String kind, Blueprint plan) throws FormatException {
        for (var provider : ServiceLoader.load(Provider.class, LayerKinds.class.getClassLoader())) {
            if (provider.kind().equals(kind)) {
                return provider.build(plan);
            }
        }
        return null;
    }

    /**
     * A layer of this library, or null if it has no such kind. A new kind is one line here. By a switch, not by
     * factories in a map: starting a program costs the kinds that its model has, not all of them.
     */
    static Layer standard(String kind, Blueprint plan) throws FormatException {
        return switch (kind) {
            case "batch_norm_1d" -> BatchNorm1d.build(plan);
            case "celu" -> Celu.build(plan);
            case "clip" -> Clip.build(plan);
            case "concat" -> Concat.build(plan);
            case "concatenation" -> new Concatenation();
            case "dropout" -> Dropout.build(plan);
            case "elu" -> Elu.build(plan);
            case "embedding" -> Embedding.build(plan);
            case "flatten" -> new Flatten();
            case "gelu" -> new Gelu();
            case "gelu_tanh" -> new GeluTanh();
            case "glu" -> new Glu();
            case "graph" -> Graph.build(plan);
            case "hard_sigmoid" -> HardSigmoid.build(plan);
            case "hard_swish" -> new HardSwish();
            case "impute" -> Impute.build(plan);
            case "integer_linear" -> IntegerLinear.build(plan);
            case "layer_norm" -> LayerNorm.build(plan);
            case "leaky_relu" -> LeakyRelu.build(plan);
            case "linear" -> Linear.build(plan);
            case "log_softmax" -> new LogSoftmax();
            case "mish" -> new Mish();
            case "missing_indicator" -> new MissingIndicator();
            case "one_hot" -> OneHot.build(plan);
            case "prelu" -> PRelu.build(plan);
            case "product" -> new Product();
            case "relu" -> new Relu();
            case "residual" -> Residual.build(plan);
            case "scale" -> Scale.build(plan);
            case "select" -> FeatureSelect.build(plan);
            case "selu" -> new Selu();
            case "sequential" -> Sequential.build(plan);
            case "sigmoid" -> new Sigmoid();
            case "silu" -> new Silu();
            case "softmax" -> new Softmax();
            case "softplus" -> new Softplus();
            case "softsign" -> new Softsign();
            case "sum" -> new Sum();
            case "tanh" -> new Tanh();
            default -> null;
        };
    }
}
