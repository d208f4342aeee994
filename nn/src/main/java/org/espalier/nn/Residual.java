package org.espalier.nn;

import java.util.List;
import org.espalier.io.FormatException;

/**
 * x + body(x): the body learns what to add to its input (He, Zhang, Ren and Sun 2016, arXiv 1512.03385). The body must
 * keep the shape.
 *
 * @param body the layer inside, called {@code body} in parameter names
 */
public record Residual(Layer body) implements Container {
    /** A skip connection around a layer. */
    public static Residual of(Layer body) {
        var block = new Residual(body);
        Layers.place(block);
        return block;
    }

    @Override
    public List<Part> parts() {
        return List.of(Part.of("body", body, 0), Part.of(Join.sum(), 0, 1));
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("residual");
    }

    static Residual build(Blueprint plan) throws FormatException {
        return new Residual(plan.child("body"));
    }
}
