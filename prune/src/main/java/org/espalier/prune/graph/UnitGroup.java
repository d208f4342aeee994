package org.espalier.prune.graph;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What has to be removed together to remove one unit. In a residual stream a unit has several producers.
 *
 * @param producers what makes the unit, in the order of the model: rows of weights [out, in], their biases, the scale
 *     and shift that a norm gives it, a column of an embedding; none for an input feature. Only trainable parameters:
 *     running statistics and other buffers cannot be masked
 * @param consumers what reads it: columns of weights [out, in]
 * @param reason why the unit cannot be removed, if so
 */
public record UnitGroup(List<Slice> producers, List<Slice> consumers, Optional<KeepReason> reason) {

    /** Takes its own copies of the lists. */
    public UnitGroup {
        producers = List.copyOf(producers);
        consumers = List.copyOf(consumers);
    }

    /** All parts, producers first. */
    public List<Slice> slices() {
        return Stream.concat(producers.stream(), consumers.stream()).toList();
    }
}
