package org.espalier.examples;

import org.espalier.nn.Layer;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.data.Transform;

/**
 * The mean and the standard deviation of pixels. Networks learn faster from pixels that are shifted and scaled by them;
 * who uses the network afterwards wants to give it pixels from 0 to 1.
 */
record PixelScale(float mean, float deviation) {
    /** That of MNIST's training images. */
    static final PixelScale MNIST = new PixelScale(0.1307f, 0.3081f);

    /** Shifts and scales the images of a data set. */
    Transform normalize() {
        return Transform.normalize(mean, deviation);
    }

    /**
     * A copy of a model of normalized pixels that takes pixels from 0 to 1. Instead of W·(x − mean)/deviation + b its
     * first linear layer has the weights W/deviation and the biases b − W·mean/deviation: nothing is added to the file
     * or the work, and what was pruned stays zero.
     *
     * @throws IllegalArgumentException if the first layer is not linear, or has no bias
     */
    Layer takenInto(Layer model) {
        var copy = Layers.copy(model);
        for (var layer : Layers.all(copy).values()) {
            if (layer instanceof Linear first && first.bias().isPresent()) {
                var bias = first.bias().get();
                var weight = first.weight().value().times(1 / deviation);
                first.weight().assign(weight);
                bias.assign(bias.value().minus(weight.sum(1).times(mean)));
                return copy;
            }
            if (!layer.ownParameters().isEmpty()) {
                break;
            }
        }
        throw new IllegalArgumentException("only a linear layer with a bias can scale pixels, and this does not begin "
                + "with one: " + model);
    }
}
