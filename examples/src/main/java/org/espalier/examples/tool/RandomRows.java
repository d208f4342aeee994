package org.espalier.examples.tool;

import java.io.IOException;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Rows that a model takes, drawn at random: to measure with, or to compare two forms of a model. */
final class RandomRows {
    private RandomRows() {}

    /** Normal numbers, and for categories the index of a level; always the same ones. */
    static Tensor of(SavedModel saved, int rows) throws IOException {
        var rng = Rng.of(1);
        int width = saved.model().in() > 0 ? saved.model().in() : saved.compiled().in();
        float[] values = rng.normal(Shape.of(rows, width), 1).toArray();
        if (saved.schema().isPresent()) {
            var columns = saved.schema().get().columns();
            for (int i = 0; i < values.length; i++) {
                int levels = columns.get(i % width).levels().size();
                values[i] = levels == 0 ? values[i] : (int) (rng.nextFloat() * levels);
            }
        }
        return Storage.adopt(Shape.of(rows, width), values);
    }
}
