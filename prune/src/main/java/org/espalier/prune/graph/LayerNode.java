package org.espalier.prune.graph;

import java.util.List;
import java.util.Optional;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.tensor.Storage;

/**
 * One use of a layer, between the features it reads and those it writes: one record for each way in which features
 * depend on one another ({@link org.espalier.nn.Dependency}). Each says how constants pass forwards through it and how
 * liveness passes backwards.
 */
sealed interface LayerNode {
    /** The full name of the layer, empty for the model itself. */
    String path();

    /** The layer. */
    Layer layer();

    /** What it reads. */
    List<Span> inputs();

    /** What it writes; {@link Span#NONE} if that is not known. */
    Span out();

    /** Finds constants among {@link #out} from those among the inputs. */
    void constants(Liveness facts);

    /** Finds what is live among the inputs from what is live in {@link #out}. */
    void liveness(Liveness facts);

    /** What it reads, if that is one value. */
    default Span in() {
        return inputs().getFirst();
    }

    /** What the layer is with the features that are left. */
    default LayerConfig narrowed(RemovalDecision decision) {
        return layer().narrowed(decision.kept(in()), decision.kept(out()));
    }

    /** Whether it makes units of its own, so that removing one is reported under its name. */
    default boolean isProducer() {
        return false;
    }

    /** A mask's view of a matrix; null keeps all. */
    private static boolean keeps(Mask mask, int element) {
        return mask == null || mask.keeps(element);
    }

    /** A matrix product: an output is constant if all its weights lead from constants. */
    record Dense(String path, Layer layer, Parameter weight, Optional<Parameter> bias, List<Span> inputs, Span out)
            implements LayerNode {
        @Override
        public boolean isProducer() {
            return true;
        }

        @Override
        public void constants(Liveness facts) {
            float[] values = facts.run(layer, inputs);
            var mask = weight.mask().orElse(null);
            for (int row = 0; row < out.size(); row++) {
                boolean constant = true;
                for (int column = 0; constant && column < in().size(); column++) {
                    constant = facts.isConstant(in().slot(column)) || !keeps(mask, row * in().size() + column);
                }
                if (constant) {
                    facts.setConstant(out.slot(row), values[row]);
                }
            }
        }

        @Override
        public void liveness(Liveness facts) {
            var mask = weight.mask().orElse(null);
            for (int row = 0; row < out.size(); row++) {
                for (int column = 0; facts.isLive(out.slot(row)) && column < in().size(); column++) {
                    if (keeps(mask, row * in().size() + column)) {
                        facts.setLive(in().slot(column));
                    }
                }
            }
        }

        /** What the removed inputs, being constant, add to output {@code row}; summed in ascending order of inputs. */
        double folded(int row, RemovalDecision decision) {
            var mask = weight.mask().orElse(null);
            float[] elements = Storage.array(weight.value());
            double sum = 0;
            for (int column = 0; column < in().size(); column++) {
                int element = row * in().size() + column;
                if (decision.removed(in().slot(column)) && keeps(mask, element)) {
                    sum += (double) elements[element] * decision.facts().value(in().slot(column));
                }
            }
            return sum;
        }
    }

    /**
     * A function of each feature by itself. It keeps a constant; a feature whose scale is masked does not depend on
     * what comes in.
     */
    record Elementwise(String path, Layer layer, Optional<Parameter> scale, List<Span> inputs, Span out)
            implements LayerNode {
        @Override
        public void constants(Liveness facts) {
            float[] values = facts.run(layer, inputs);
            for (int i = 0; i < out.size(); i++) {
                int feature = i;
                if (!scales(i) || inputs.stream().allMatch(in -> facts.isConstant(in.slot(feature)))) {
                    facts.setConstant(out.slot(i), values[i]);
                }
            }
        }

        @Override
        public void liveness(Liveness facts) {
            for (int i = 0; i < out.size(); i++) {
                for (var in : inputs) {
                    if (scales(i)) {
                        facts.passLive(out.slot(i), in.slot(i));
                    }
                }
            }
        }

        private boolean scales(int feature) {
            return scale.isEmpty() || keeps(scale.get().mask().orElse(null), feature);
        }
    }

    /**
     * A layer in which every output depends on every input: layer norm by mean and variance, softmax by the sum.
     * Leaving a feature out would change the others even if it is always zero. A feature whose scale is masked is its
     * shift.
     */
    record Coupled(String path, Layer layer, Optional<Parameter> scale, List<Span> inputs, Span out)
            implements LayerNode {
        @Override
        public void constants(Liveness facts) {
            if (scale.isPresent() && scale.get().mask().isPresent()) {
                float[] values = facts.run(layer, inputs);
                for (int i = 0; i < out.size(); i++) {
                    if (!scale.get().mask().get().keeps(i)) {
                        facts.setConstant(out.slot(i), values[i]);
                    }
                }
            }
        }

        @Override
        public void liveness(Liveness facts) {
            if (out.slots().anyMatch(slot -> facts.isLive(slot) && !facts.isConstant(slot))) {
                in().slots().forEach(facts::setLive);
            }
        }
    }

    /** A function of one input for each output. What it writes can go while what it reads stays: they are not tied. */
    record Select(String path, Layer layer, int[] sources, List<Span> inputs, Span out) implements LayerNode {
        /** The slot that output {@code i} is read from. */
        int source(int i) {
            return in().slot(sources[i]);
        }

        @Override
        public void constants(Liveness facts) {
            float[] values = facts.run(layer, inputs);
            for (int i = 0; i < out.size(); i++) {
                if (facts.isConstant(source(i))) {
                    facts.setConstant(out.slot(i), values[i]);
                }
            }
        }

        @Override
        public void liveness(Liveness facts) {
            for (int i = 0; i < out.size(); i++) {
                facts.passLive(out.slot(i), source(i));
            }
        }
    }

    /** A function of the same feature of each of several blocks, such as a gated unit. */
    record Blocks(String path, Layer layer, int blocks, List<Span> inputs, Span out) implements LayerNode {
        private int slot(int block, int feature) {
            return in().slot(block * out.size() + feature);
        }

        @Override
        public void constants(Liveness facts) {
            float[] values = facts.run(layer, inputs);
            for (int i = 0; i < out.size(); i++) {
                boolean constant = true;
                for (int block = 0; block < blocks; block++) {
                    constant &= facts.isConstant(slot(block, i));
                }
                if (constant) {
                    facts.setConstant(out.slot(i), values[i]);
                }
            }
        }

        @Override
        public void liveness(Liveness facts) {
            for (int i = 0; i < out.size(); i++) {
                for (int block = 0; block < blocks; block++) {
                    facts.passLive(out.slot(i), slot(block, i));
                }
            }
        }
    }

    /** A table of vectors: its units are the columns. A column masked throughout is zero, whatever is looked up. */
    record Table(String path, Layer layer, Parameter weight, List<Span> inputs, Span out) implements LayerNode {
        @Override
        public boolean isProducer() {
            return true;
        }

        @Override
        public void constants(Liveness facts) {
            weight.mask().ifPresent(mask -> {
                for (int column = 0; column < out.size(); column++) {
                    if (isMasked(mask, column)) {
                        facts.setConstant(out.slot(column), 0);
                    }
                }
            });
        }

        private boolean isMasked(Mask mask, int column) {
            for (int element = column; element < weight.size(); element += out.size()) {
                if (mask.keeps(element)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public void liveness(Liveness facts) {
            if (out.slots().anyMatch(facts::isLive)) {
                in().slots().forEach(facts::setLive);
            }
        }
    }

    /** Vectors one after another: feature {@code i} of each is feature {@code i} of what is read. */
    record Flatten(String path, Layer layer, List<Span> inputs, Span out) implements LayerNode {
        @Override
        public void constants(Liveness facts) {
            for (int i = 0; i < out.size(); i++) {
                facts.passConstant(in().slot(i % in().size()), out.slot(i));
            }
        }

        @Override
        public void liveness(Liveness facts) {
            for (int i = 0; i < out.size(); i++) {
                facts.passLive(out.slot(i), in().slot(i % in().size()));
            }
        }
    }

    /**
     * A sum, as of a residual connection, or a product.
     *
     * @param block whether it is what a residual block ends with: the block's input plus that of its body
     */
    record Merge(String path, Layer layer, boolean product, boolean block, List<Span> inputs, Span out)
            implements LayerNode {
        @Override
        public void constants(Liveness facts) {
            for (int i = 0; i < out.size(); i++) {
                boolean constant = true;
                boolean zero = false;
                float value = product ? 1 : 0;
                for (var in : inputs) {
                    boolean known = facts.isConstant(in.slot(i));
                    constant &= known;
                    zero |= product && known && facts.value(in.slot(i)) == 0;
                    value = product ? value * facts.value(in.slot(i)) : value + facts.value(in.slot(i));
                }
                if (constant || zero) {
                    facts.setConstant(out.slot(i), zero ? 0 : value);
                }
            }
        }

        @Override
        public void liveness(Liveness facts) {
            for (int i = 0; i < out.size(); i++) {
                // where one factor is always zero, the others do not matter
                if (!product || !facts.isConstant(out.slot(i))) {
                    for (var in : inputs) {
                        facts.passLive(out.slot(i), in.slot(i));
                    }
                }
            }
        }
    }

    /** Features side by side: each of the result is one of an input's, at that input's offset. */
    record Concat(String path, Layer layer, List<Span> inputs, Span out) implements LayerNode {
        @Override
        public void constants(Liveness facts) {
            int at = out.start();
            for (var in : inputs) {
                for (int i = 0; i < in.size(); i++) {
                    facts.passConstant(in.slot(i), at++);
                }
            }
        }

        @Override
        public void liveness(Liveness facts) {
            int at = out.start();
            for (var in : inputs) {
                for (int i = 0; i < in.size(); i++) {
                    facts.passLive(at++, in.slot(i));
                }
            }
        }
    }

    /** A layer whose inner working is not known: it reads all its inputs, and what it writes is anything. */
    record Opaque(String path, Layer layer, List<Span> inputs) implements LayerNode {
        @Override
        public Span out() {
            return Span.NONE;
        }

        @Override
        public LayerConfig narrowed(RemovalDecision decision) {
            return layer.config();
        }

        @Override
        public void constants(Liveness facts) {
            // Nothing is known of what it writes.
        }

        @Override
        public void liveness(Liveness facts) {
            inputs.forEach(in -> in.slots().forEach(facts::setLive));
        }
    }
}
