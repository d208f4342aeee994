package org.espalier.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.espalier.bench.task.Elementwise;
import org.espalier.bench.task.MatrixProduct;
import org.espalier.bench.task.Workload;

/** Intel's MKL as a user gets it, whatever code path it takes on this processor. */
final class Mkl implements Peer {
    private static final String FOLDER = "org/bytedeco/mkl/linux-x86_64";
    private static final String NAME = "libmkl_rt.so.2";
    private static final Pattern KERNELS = Pattern.compile("libmkl_(def|mc3|avx2|avx512)\\.so");

    @Override
    public String name() {
        return "mkl";
    }

    @Override
    public boolean isPresent() {
        return NativeLibrary.isPresent(FOLDER, NAME);
    }

    @Override
    public String describe() {
        try (var arena = Arena.ofConfined()) {
            // Three numbers, then four addresses of texts: status, build, processor, platform.
            var version = arena.allocate(48);
            open(1).function("mkl_get_version", FunctionDescriptor.ofVoid(ADDRESS)).invokeExact(version);
            return "MKL " + version.get(JAVA_INT, 0) + "." + version.get(JAVA_INT, 4) + "." + version.get(JAVA_INT, 8)
                    + " for " + NativeLibrary.text(version.get(ADDRESS, 32)) + ", kernels from " + kernels();
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
    }

    /** The library of one instruction set that a product made it load; MKL does not tell otherwise. */
    private static String kernels() throws IOException {
        Blas.offer(new MatrixProduct(64, 64, 64, 1), Mkl::open).orElseThrow().get().run();
        try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.map(KERNELS::matcher).filter(Matcher::find).map(Matcher::group).distinct()
                    .collect(Collectors.joining(" and "));
        }
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return task instanceof Elementwise map ? Optional.of(() -> map(map)) : Blas.offer(task, Mkl::open);
    }

    /** Opens the library, limited to a number of threads; for the sparse functions too. */
    static NativeLibrary open(int threads) {
        var library = NativeLibrary.open(
                FOLDER, new String[] {"libiomp5.so", NAME},
                "libmkl_core.so.2", "libmkl_intel_lp64.so.2", "libmkl_intel_thread.so.2", "libmkl_def.so.2",
                "libmkl_avx2.so.2", "libmkl_avx512.so.2", "libmkl_vml_def.so.2", "libmkl_vml_avx2.so.2",
                "libmkl_vml_avx512.so.2");
        try {
            library.function("MKL_Set_Num_Threads", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(threads);
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
        return library;
    }

    private static Work map(Elementwise task) {
        var x = NativeLibrary.aligned(task.x());
        var y = NativeLibrary.aligned(new float[task.n()]);
        var function = open(1).critical(
                switch (task.function()) {
                    case EXP -> "vsExp";
                    case TANH -> "vsTanh";
                },
                FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS));
        return new Blas.Call(y, () -> call(function, task.n(), x, y));
    }

    private static void call(MethodHandle function, int n, MemorySegment x, MemorySegment y) {
        try {
            function.invokeExact(n, x, y);
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
    }
}
