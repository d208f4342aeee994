package org.espalier.nn;

import java.util.List;
import org.espalier.tensor.Tensor;

/**
 * A layer of several inputs: how the branches of a {@link Graph} meet. Given one input only, it is a layer like any
 * other.
 */
public interface Join extends Layer {
    /**
     * The value for these inputs, rows along axis 0 of each.
     *
     * @throws org.espalier.tensor.ShapeException if their number or shapes do not fit
     */
    Tensor join(List<Tensor> inputs, Mode mode);

    @Override
    default Tensor forward(Tensor x, Mode mode) {
        return join(List.of(x), mode);
    }

    /**
     * Refuses samples that it does not compute row by row: in inference any number of rows may come at once.
     *
     * @param shapes of a sample of each input
     * @throws org.espalier.tensor.ShapeException if a row of the value would depend on other rows
     */
    default void requireRows(int[]... shapes) {}

    /** The sum of inputs of one shape. */
    static Join sum() {
        return new Sum();
    }

    /** The elementwise product of inputs of one shape. */
    static Join product() {
        return new Product();
    }

    /** The inputs side by side along the innermost axis. */
    static Join concat() {
        return new Concatenation();
    }
}
