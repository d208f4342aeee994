package org.espalier.bench.peer;

import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.Workload;

/** A library, or a way of using one, that can do some of the tasks. */
public interface Peer {
    /** The name in the table. Names that begin with {@code espalier} are ours. */
    String name();

    /** Whether it is on this class path; loads nothing. */
    default boolean isPresent() {
        return true;
    }

    /** Version, and the core or instruction set it chose on this machine. May load a native library. */
    String describe();

    /**
     * How to prepare a task: load, allocate, copy, pack what is constant. Empty if this peer cannot do it, or if no
     * reader would learn anything from it.
     */
    Optional<Supplier<Work>> offer(Workload task);
}
