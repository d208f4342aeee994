package org.espalier.nn.infer;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Container;
import org.espalier.nn.Flatten;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * The shape of the samples that a model takes: a row, or, where a {@code Flatten} makes one row of several vectors,
 * that many of them. Found by a single vector that goes through the layers up to the first one after the flatten that
 * says how many numbers it takes.
 */
final class SampleShape {
    private boolean flattened;
    private boolean found;
    private int vectors = 1;

    private SampleShape() {}

    /**
     * The shape, the batch axis left out. Whether it fits every layer shows when the model is compiled for it.
     *
     * @throws IllegalArgumentException if no layer tells the width of an input row
     */
    static int[] of(Layer model) {
        int width = model.in() > 0 ? model.in() : firstWidth(model);
        if (width == 0) {
            throw new IllegalArgumentException("inference: no layer of " + model
                    + " tells the width of an input row; override in() in the first one");
        }
        var shape = new SampleShape();
        if (model instanceof Container container && containsFlatten(container)) {
            shape.value(container, Tensor.zeros(Shape.of(1, width)));
        }
        return shape.vectors == 1 ? new int[] {width} : new int[] {shape.vectors, width};
    }

    /** What the first layer takes that tells: the width of the input, if the layers before it do not change that. */
    private static int firstWidth(Layer layer) {
        int width = layer.in();
        for (var child : layer.children().values()) {
            width = width == 0 ? firstWidth(child) : width;
        }
        return width;
    }

    private static boolean containsFlatten(Layer layer) {
        boolean contains = layer instanceof Flatten;
        for (var child : layer.children().values()) {
            contains |= containsFlatten(child);
        }
        return contains;
    }

    /** The value of a container for one vector; of those of its parts that come before the layer that is looked for. */
    private Tensor value(Container container, Tensor x) {
        var values = new ArrayList<Tensor>();
        values.add(x);
        for (var part : container.parts()) {
            if (found) {
                break;
            }
            values.add(value(part, values));
        }
        return values.getLast();
    }

    private Tensor value(Container.Part part, List<Tensor> values) {
        var x = values.get(part.inputs().getFirst());
        if (part.layer() instanceof Container container) {
            return value(container, x);
        }
        int needed = part.layer().in();
        int given = x.rank() == 0 ? 0 : x.dim(-1);
        if (needed > 0 && (flattened || needed != given)) {
            found = true;
            vectors = flattened && given > 0 && needed % given == 0 ? needed / given : 1;
            return x;
        }
        flattened |= part.layer() instanceof Flatten;
        return part.value(values, Mode.inference());
    }
}
