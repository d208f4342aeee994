package org.espalier.prune.graph;

import java.util.List;
import java.util.stream.IntStream;
import org.espalier.nn.Embedding;
import org.espalier.nn.LayerConfig;
import org.espalier.nn.Mask;

/** A table of vectors: its units are the columns. A column masked throughout is zero, whatever is looked up. */
record EmbeddingNode(String path, Embedding layer, Span out) implements Node {
    @Override
    public List<Span> inputs() {
        return List.of();
    }

    @Override
    public boolean isProducer() {
        return true;
    }

    @Override
    public void constants(Facts facts) {
        layer.weight().mask().ifPresent(mask -> IntStream.range(0, out.size())
                .filter(column -> isMasked(mask, column))
                .forEach(column -> facts.setConstant(out.slot(column), 0)));
    }

    private boolean isMasked(Mask mask, int column) {
        return IntStream.range(0, layer.entries()).noneMatch(row -> mask.keeps(row * out.size() + column));
    }

    @Override
    public void liveness(Facts facts) {
        // What it reads are numbers of entries, not features.
    }

    @Override
    public LayerConfig resized(Survival survival) {
        return layer.config().with("width", survival.count(out));
    }
}
