package org.espalier.nn;

import java.util.List;
import java.util.Optional;

/**
 * How the features that a layer gives depend on those it takes, along the innermost axis: what pruning must know to
 * remove a feature together with everything that makes it and reads it. Each layer describes itself
 * ({@link Layer#dependency}).
 */
public sealed interface Dependency {
    /** The number of features that come in; 0 if any may, or it is not known. */
    default int in() {
        return 0;
    }

    /** The number of output features, given that of input features; 0 if not known. */
    default int out(int in) {
        return 0;
    }

    /**
     * Output i is a function of input i alone; in a {@link Join}, of input i of each of its inputs.
     *
     * @param parameters those with one element per feature, shape [features]
     * @param scale the one of them by which the feature is multiplied: an output whose scale is masked does not depend
     *     on the input
     */
    record Elementwise(List<Parameter> parameters, Optional<Parameter> scale) implements Dependency {
        @Override
        public int in() {
            return parameters.isEmpty() ? 0 : parameters.getFirst().size();
        }

        @Override
        public int out(int in) {
            return in;
        }
    }

    /**
     * Every output has its own weight for every input, as in a matrix product.
     *
     * @param weight [out, in]
     * @param bias [out], if there is one
     */
    record Dense(Parameter weight, Optional<Parameter> bias) implements Dependency {
        @Override
        public int in() {
            return weight.shape().dim(1);
        }

        @Override
        public int out(int in) {
            return weight.shape().dim(0);
        }
    }

    /**
     * As many outputs as inputs, each a function of all inputs, such as a norm over the features: leaving one out would
     * change the others. The parameters are as in {@link Elementwise}.
     */
    record Coupled(List<Parameter> parameters, Optional<Parameter> scale) implements Dependency {
        @Override
        public int in() {
            return parameters.isEmpty() ? 0 : parameters.getFirst().size();
        }

        @Override
        public int out(int in) {
            return in;
        }
    }

    /**
     * Output k is a function of input {@code sources[k]} alone; inputs may have any number of outputs. The layer can
     * give any choice of its outputs ({@link Layer#narrowed}).
     */
    record Selected(int... sources) implements Dependency {
        @Override
        public int out(int in) {
            return sources.length;
        }
    }

    /**
     * The inputs are blocks of equal length, side by side; output i is a function of input i of each block.
     *
     * @param blocks how many there are
     */
    record Blocks(int blocks) implements Dependency {
        @Override
        public int out(int in) {
            return in / blocks;
        }
    }

    /**
     * Each input is an index into a table of vectors, which replaces it along a new innermost axis.
     *
     * @param weight [entries, features]
     */
    record Table(Parameter weight) implements Dependency {
        @Override
        public int out(int in) {
            return in * weight.shape().dim(1);
        }
    }

    /** All axes but the first become one. */
    record Flattened() implements Dependency {
        @Override
        public int out(int in) {
            return in;
        }
    }

    /** The sum of the inputs of a join, from left to right. */
    record Sum() implements Dependency {
        /** Of one input, which it gives. */
        @Override
        public int out(int in) {
            return in;
        }
    }

    /** The elementwise product of the inputs of a join, from left to right. */
    record Product() implements Dependency {
        /** Of one input, which it gives. */
        @Override
        public int out(int in) {
            return in;
        }
    }

    /** The inputs of a join, side by side. */
    record Concatenated() implements Dependency {
        /** Of one input, which it gives. */
        @Override
        public int out(int in) {
            return in;
        }
    }

    /** Other layers, applied one to the other: as {@link Container#parts} gives them. */
    record Composed(List<Container.Part> parts) implements Dependency {
        @Override
        public int in() {
            return Widths.in(parts);
        }

        @Override
        public int out(int in) {
            return Widths.out(parts, in);
        }
    }

    /**
     * Not known: whatever comes in or goes out has to stay. Single weights may be pruned all the same.
     *
     * @param weight a matrix [out, in], if there is one
     * @param bias the bias [out] that goes with it, if there is one
     */
    record Opaque(Optional<Parameter> weight, Optional<Parameter> bias) implements Dependency {}

    /** A function of each feature by itself, without parameters. */
    static Dependency elementwise() {
        return new Elementwise(List.of(), Optional.empty());
    }

    /** A function of each feature by itself, with parameters [features]; by none of them is the feature multiplied. */
    static Dependency elementwise(Parameter... parameters) {
        return new Elementwise(List.of(parameters), Optional.empty());
    }

    /** A function of all features together, without parameters. */
    static Dependency coupled() {
        return new Coupled(List.of(), Optional.empty());
    }

    /** A layer of unknown structure. */
    static Dependency opaque() {
        return new Opaque(Optional.empty(), Optional.empty());
    }
}
