package org.espalier.prune.structure;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Select;
import org.espalier.tensor.Storage;

/**
 * One use of a layer without layers of its own, between the features it reads and those it writes. Each kind says how
 * constants pass forwards through it and how liveness passes backwards, and what the layer looks like when only some
 * features are left. To add a kind: one record here and one line in {@link Tracer}.
 */
sealed interface Node {
    /** The dotted name of the layer, empty for the model itself. */
    String path();

    /** The layer; {@code null} where features are only joined. */
    Layer layer();

    /** What it reads. */
    List<Span> inputs();

    /** What it writes. */
    Span out();

    /** Finds constants among {@link #out} from those among the inputs. */
    void constants(Facts facts);

    /** Finds what is live among the inputs from what is live in {@link #out}. */
    void liveness(Facts facts);

    /** A layer of the same kind with the features that are left; its parameters are filled by the caller. */
    Layer resized(Survival survival);

    /** Whether it makes units of its own, so that removing one is reported under its name. */
    default boolean isProducer() {
        return false;
    }

    /** A fully connected layer: an output is constant if all its weights lead from constants. */
    record Dense(String path, Linear layer, Span in, Span out) implements Node {
        @Override
        public List<Span> inputs() {
            return List.of(in);
        }

        @Override
        public boolean isProducer() {
            return true;
        }

        @Override
        public void constants(Facts facts) {
            var mask = layer.weight().mask().orElse(null);
            float[] values = facts.run(layer, in);
            for (int row = 0; row < out.size(); row++) {
                int unit = row;
                if (IntStream.range(0, in.size())
                        .allMatch(column -> facts.isConstant(in.slot(column)) || !connects(mask, unit, column))) {
                    facts.setConstant(out.slot(row), values[row]);
                }
            }
        }

        @Override
        public void liveness(Facts facts) {
            var mask = layer.weight().mask().orElse(null);
            for (int row = 0; row < out.size(); row++) {
                for (int column = 0; facts.isLive(out.slot(row)) && column < in.size(); column++) {
                    if (connects(mask, row, column)) {
                        facts.setLive(in.slot(column));
                    }
                }
            }
        }

        private boolean connects(Mask mask, int row, int column) {
            return mask == null || mask.keeps(row * in.size() + column);
        }

        @Override
        public Layer resized(Survival survival) {
            return Linear.of(survival.count(in), survival.count(out));
        }

        /** What the removed constant inputs add to output {@code row}. */
        double folded(int row, Facts facts, Survival survival) {
            var mask = layer.weight().mask().orElse(null);
            float[] weight = Storage.array(layer.weight().value());
            double sum = 0;
            for (int column = 0; column < in.size(); column++) {
                if (survival.removed(in.slot(column)) && connects(mask, row, column)) {
                    sum += (double) weight[row * in.size() + column] * facts.value(in.slot(column));
                }
            }
            return sum;
        }
    }

    /** A layer that treats every feature alone and alike, without parameters: activations, dropout. */
    record Elementwise(String path, Layer layer, Span in, Span out) implements Node {
        @Override
        public List<Span> inputs() {
            return List.of(in);
        }

        @Override
        public void constants(Facts facts) {
            float[] values = facts.run(layer, in);
            for (int i = 0; i < out.size(); i++) {
                if (facts.isConstant(in.slot(i))) {
                    facts.setConstant(out.slot(i), values[i]);
                }
            }
        }

        @Override
        public void liveness(Facts facts) {
            for (int i = 0; i < out.size(); i++) {
                if (facts.isLive(out.slot(i))) {
                    facts.setLive(in.slot(i));
                }
            }
        }

        @Override
        public Layer resized(Survival survival) {
            return layer;
        }
    }

    /** A choice of features. What it writes can go while what it reads stays, so the two are not tied. */
    record Choice(String path, Select layer, Span in, Span out) implements Node {
        @Override
        public List<Span> inputs() {
            return List.of(in);
        }

        @Override
        public void constants(Facts facts) {
            int[] indices = layer.indices();
            for (int i = 0; i < out.size(); i++) {
                int from = in.slot(indices[i]);
                if (facts.isConstant(from)) {
                    facts.setConstant(out.slot(i), facts.value(from));
                }
            }
        }

        @Override
        public void liveness(Facts facts) {
            int[] indices = layer.indices();
            for (int i = 0; i < out.size(); i++) {
                if (facts.isLive(out.slot(i))) {
                    facts.setLive(in.slot(indices[i]));
                }
            }
        }

        @Override
        public Layer resized(Survival survival) {
            int[] indices = layer.indices();
            int[] places = survival.places(in);
            return Select.of(
                    survival.count(in),
                    IntStream.of(survival.kept(out)).map(i -> places[indices[i]]).toArray());
        }
    }

    /** A layer of which nothing is known, or that needs all its features: all are read, none is constant. */
    record Opaque(String path, Layer layer, List<Span> inputs, Span out) implements Node {
        @Override
        public void constants(Facts facts) {
            // Nothing is known of what it writes.
        }

        @Override
        public void liveness(Facts facts) {
            inputs.forEach(in -> IntStream.range(0, in.size()).forEach(i -> facts.setLive(in.slot(i))));
        }

        @Override
        public Layer resized(Survival survival) {
            if (!layer.parameters().isEmpty()) {
                throw new IllegalArgumentException(
                        "shrink: cannot copy layer '" + path + "' (" + layer + "): its kind is not known here");
            }
            return layer;
        }
    }
}
