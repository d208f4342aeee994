package org.espalier.prune.structure;

import java.util.List;
import java.util.Optional;

/**
 * What has to be removed together to remove one unit: the rows and bias that produce it, the scale and shift that a norm
 * gives it, the columns that consume it. In a residual stream a unit has several producers.
 *
 * @param slices the parts of parameters that go with the unit, in the order of the model; none for an input that is not
 *     read by a layer with parameters
 * @param obstacle why the unit cannot be removed, if so
 */
public record UnitGroup(List<Slice> slices, Optional<Obstacle> obstacle) {

    /** Takes its own copy of the list. */
    public UnitGroup {
        slices = List.copyOf(slices);
    }

    /** The parts that make the unit: along axis 0 of weights [out, in], biases and norms. */
    public List<Slice> producers() {
        return slices.stream().filter(slice -> slice.axis() == 0).toList();
    }

    /** The parts that read the unit: columns of weights [out, in]. */
    public List<Slice> consumers() {
        return slices.stream().filter(slice -> slice.axis() != 0).toList();
    }
}
