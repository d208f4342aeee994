package org.espalier.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.espalier.io.FormatException;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/**
 * x + body(x): the body learns what to add to its input (He, Zhang, Ren and Sun 2016, arXiv 1512.03385). The body must
 * keep the shape.
 *
 * @param body the layer inside, called {@code body} in parameter names
 */
public record Residual(Layer body) implements Layer {
    /** A skip connection around a layer. */
    public static Residual of(Layer body) {
        return new Residual(body);
    }

    @Override
    public Tensor forward(Tensor x, Mode mode) {
        var change = body.forward(x, mode);
        if (!change.shape().equals(x.shape())) {
            throw new ShapeException("residual: the body made " + change.shape() + " of " + x.shape());
        }
        return x.plus(change);
    }

    @Override
    public SequencedMap<String, Layer> children() {
        var children = new LinkedHashMap<String, Layer>();
        children.put("body", body);
        return Collections.unmodifiableSequencedMap(children);
    }

    @Override
    public LayerConfig config() {
        return LayerConfig.of("residual");
    }

    static Residual build(Blueprint plan) throws FormatException {
        return new Residual(plan.child("body"));
    }
}
