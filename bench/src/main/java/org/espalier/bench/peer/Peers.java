package org.espalier.bench.peer;

import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.espalier.bench.task.Workload;
import org.espalier.kernel.Kernels;

/** The peers of this class path. */
public final class Peers {
    /** The one that all others are compared with. */
    public static final String SUBJECT = "espalier";

    private Peers() {}

    /** All that are present, ours first. */
    public static List<Peer> present() {
        var known = Stream.of(
                new EspalierPeer(),
                new EspalierPacked(),
                new EspalierTensor(),
                new EspalierKernels("espalier-scalar", Kernels::scalar),
                new Ejml(),
                new PlainLoops(),
                new ScalarAutograd(),
                new OpenBlas(),
                new Mkl(),
                new MklSparse(),
                new Machine());
        var found = ServiceLoader.load(Peer.class).stream().map(ServiceLoader.Provider::get);
        return Stream.concat(known, found).filter(Peer::isPresent).toList();
    }

    /**
     * The peer with this name.
     *
     * @throws IllegalArgumentException if it is not present
     */
    public static Peer named(String name) {
        return present().stream()
                .filter(peer -> peer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is not here"));
    }

    /**
     * A peer's way to do a task.
     *
     * @throws IllegalArgumentException if there is no such peer, or it cannot do this
     */
    public static Supplier<Work> offer(String peer, Workload task) {
        return named(peer).offer(task)
                .orElseThrow(() -> new IllegalArgumentException(peer + " cannot do: " + task.name()));
    }
}
