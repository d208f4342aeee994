package org.espalier.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.Workload;

/** OpenBLAS. */
final class OpenBlas implements Peer {
    private static final String FOLDER = "org/bytedeco/openblas/linux-x86_64";
    private static final String NAME = "libopenblas.so.0";

    @Override
    public String name() {
        return "openblas";
    }

    @Override
    public boolean isPresent() {
        return NativeLibrary.isPresent(FOLDER, NAME);
    }

    @Override
    public String describe() {
        var library = open(1);
        return text(library, "openblas_get_config") + ", core " + text(library, "openblas_get_corename");
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return Blas.offer(task, OpenBlas::open);
    }

    private static NativeLibrary open(int threads) {
        // What it needs comes first: the loader then takes these instead of searching the system.
        var library = NativeLibrary.open(
                FOLDER, new String[] {"libgcc_s.so.1", "libquadmath.so.0", "libgfortran.so.5", NAME});
        try {
            library.function("openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(threads);
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
        return library;
    }

    private static String text(NativeLibrary library, String function) {
        try {
            var address = (MemorySegment) library.function(function, FunctionDescriptor.of(ADDRESS)).invokeExact();
            return NativeLibrary.text(address).strip();
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
    }
}
