package org.espalier.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.espalier.bench.task.Dense;
import org.espalier.bench.task.MatrixProduct;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.Workload;

/**
 * The two BLAS functions that both native libraries have. Operands lie outside the heap and begin at cache lines, the
 * best place for the peer; they are copied there before the clock starts.
 */
final class Blas {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    private static final FunctionDescriptor SGEMM = FunctionDescriptor.ofVoid(
            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_FLOAT, ADDRESS, JAVA_INT, ADDRESS,
            JAVA_INT, JAVA_FLOAT, ADDRESS, JAVA_INT);
    private static final FunctionDescriptor SGEMV = FunctionDescriptor.ofVoid(
            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_FLOAT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_FLOAT,
            ADDRESS, JAVA_INT);

    private final MethodHandle sgemm;
    private final MethodHandle sgemv;

    private Blas(NativeLibrary library) {
        sgemm = library.critical("cblas_sgemm", SGEMM);
        sgemv = library.critical("cblas_sgemv", SGEMV);
    }

    /** What a BLAS offers; {@code open} loads it, limited to a number of threads. */
    static Optional<Supplier<Work>> offer(Workload task, IntFunction<NativeLibrary> open) {
        return switch (task) {
            case MatrixProduct product -> Optional.of(() -> new Blas(open.apply(task.threads())).product(product));
            case Dense dense -> Optional.of(() -> new Blas(open.apply(task.threads())).dense(dense));
            case Sparse sparse when sparse.isDense() ->
                    Optional.of(() -> new Blas(open.apply(task.threads())).layer(sparse));
            default -> Optional.empty();
        };
    }

    private Work product(MatrixProduct task) {
        var a = NativeLibrary.aligned(task.a());
        var b = NativeLibrary.aligned(task.b());
        var c = NativeLibrary.aligned(new float[task.m() * task.n()]);
        int m = task.m();
        int n = task.n();
        int k = task.k();
        return new Call(c, () -> sgemm(PLAIN, m, n, k, a, k, b, n, c, n));
    }

    private Work dense(Dense task) {
        var x = NativeLibrary.aligned(task.x());
        var w = NativeLibrary.aligned(task.w());
        var y = NativeLibrary.aligned(new float[task.batch() * task.out()]);
        int out = task.out();
        int in = task.in();
        return new Call(y, task.batch() == 1
                ? () -> sgemv(out, in, w, x, y)
                : () -> sgemm(TRANSPOSED, task.batch(), out, in, x, in, w, in, y, out));
    }

    /** The layer that nothing was pruned from. */
    private Work layer(Sparse task) {
        var w = NativeLibrary.aligned(task.w());
        var x = NativeLibrary.aligned(task.x());
        var y = NativeLibrary.aligned(new float[task.out() * task.batch()]);
        int out = task.out();
        int in = task.in();
        int batch = task.batch();
        return new Call(y, batch == 1
                ? () -> sgemv(out, in, w, x, y)
                : () -> sgemm(PLAIN, out, batch, in, w, in, x, batch, y, batch));
    }

    private void sgemm(int transB, int m, int n, int k, MemorySegment a, int lda, MemorySegment b, int ldb,
            MemorySegment c, int ldc) {
        try {
            sgemm.invokeExact(ROW_MAJOR, PLAIN, transB, m, n, k, 1f, a, lda, b, ldb, 0f, c, ldc);
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
    }

    private void sgemv(int m, int n, MemorySegment a, MemorySegment x, MemorySegment y) {
        try {
            sgemv.invokeExact(ROW_MAJOR, PLAIN, m, n, 1f, a, n, x, 1, 0f, y, 1);
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
    }

    /** A call that fills memory outside the heap. */
    record Call(MemorySegment output, Runnable task) implements Work {
        @Override
        public Object run() {
            task.run();
            return output;
        }

        @Override
        public float[] result() {
            task.run();
            return output.toArray(JAVA_FLOAT);
        }
    }
}
