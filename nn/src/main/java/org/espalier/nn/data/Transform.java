package org.espalier.nn.data;

import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * What is done to the inputs of a batch before the model sees them. Each row must be treated on its own, so that a
 * sample does not depend on its batch.
 */
@FunctionalInterface
public interface Transform {
    /** The transformed inputs: as many rows as before. */
    Tensor apply(Tensor inputs);

    /** This, and then {@code next}. */
    default Transform then(Transform next) {
        return inputs -> next.apply(apply(inputs));
    }

    /** Each sample as one row: [n, …] becomes [n, features]. */
    static Transform flatten() {
        return inputs -> {
            int rows = inputs.dim(0);
            int features = rows == 0 ? features(inputs.shape()) : inputs.size() / rows;
            return inputs.reshape(Shape.of(rows, features));
        };
    }

    /**
     * (x − mean) / deviation, one mean and deviation for all elements.
     *
     * @throws IllegalArgumentException if the standard deviation is not positive
     */
    static Transform normalize(float mean, float deviation) {
        if (!(deviation > 0)) {
            throw new IllegalArgumentException("normalize: the standard deviation must be above 0, not " + deviation);
        }
        return inputs -> inputs.minus(mean).times(1 / deviation);
    }

    private static int features(Shape shape) {
        int product = 1;
        for (int axis = 1; axis < shape.rank(); axis++) {
            product *= shape.dim(axis);
        }
        return product;
    }
}
