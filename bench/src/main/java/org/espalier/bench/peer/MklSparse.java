package org.espalier.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.function.Supplier;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.Workload;

/** MKL's sparse functions: the matrix is told what will be done with it and optimized before the clock starts. */
final class MklSparse implements Peer {
    private static final int PLAIN = 10;
    private static final int ROW_MAJOR = 101;
    private static final int MANY_CALLS = 1_000_000;

    /** Type (general), and two fields that a general matrix ignores. */
    private static final StructLayout DESCRIPTION = MemoryLayout.structLayout(JAVA_INT, JAVA_INT, JAVA_INT);

    private static final int GENERAL = 20;

    @Override
    public String name() {
        return "mkl-sparse";
    }

    @Override
    public boolean isPresent() {
        return new Mkl().isPresent();
    }

    @Override
    public String describe() {
        return "mkl_sparse_s_mm and mkl_sparse_s_mv, hinted and optimized, of the MKL above";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        return task instanceof Sparse sparse && isTelling(sparse) ? Optional.of(() -> work(sparse)) : Optional.empty();
    }

    /** At 90 %, where it is promised to be left behind, for every shape; otherwise for one batch. */
    private static boolean isTelling(Sparse task) {
        return !task.isDense() && (task.percent() == 90 || task.batch() == 128 || task.batch() == 1);
    }

    private static Work work(Sparse task) {
        var library = Mkl.open(1);
        var handle = create(library, task, Csr.of(task.out(), task.in(), task.w()));
        var description = Arena.global().allocate(DESCRIPTION);
        description.set(JAVA_INT, 0, GENERAL);
        optimize(library, task, handle, description);
        var x = NativeLibrary.aligned(task.x());
        var y = NativeLibrary.aligned(new float[task.out() * task.batch()]);
        if (task.batch() == 1) {
            var mv = library.critical("mkl_sparse_s_mv", FunctionDescriptor.of(
                    JAVA_INT, JAVA_INT, JAVA_FLOAT, ADDRESS, DESCRIPTION, ADDRESS, JAVA_FLOAT, ADDRESS));
            return new Blas.Call(y, () -> vector(mv, handle, description, x, y));
        }
        var mm = library.critical("mkl_sparse_s_mm", FunctionDescriptor.of(
                JAVA_INT, JAVA_INT, JAVA_FLOAT, ADDRESS, DESCRIPTION, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT,
                JAVA_FLOAT, ADDRESS, JAVA_INT));
        return new Blas.Call(y, () -> matrix(mm, handle, description, x, task.batch(), y));
    }

    private static MemorySegment create(NativeLibrary library, Sparse task, Csr csr) {
        var global = Arena.global();
        var starts = global.allocateFrom(JAVA_INT, csr.rowStarts());
        var columns = global.allocateFrom(JAVA_INT, csr.columns());
        var values = NativeLibrary.aligned(csr.values());
        var handle = global.allocate(ADDRESS);
        var create = library.function("mkl_sparse_s_create_csr", FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
        try {
            require((int) create.invokeExact(handle, 0, task.out(), task.in(), starts,
                    starts.asSlice(Integer.BYTES), columns, values));
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
        return handle.get(ADDRESS, 0);
    }

    private static void optimize(NativeLibrary library, Sparse task, MemorySegment handle, MemorySegment description) {
        try {
            if (task.batch() == 1) {
                var hint = library.function("mkl_sparse_set_mv_hint",
                        FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, DESCRIPTION, JAVA_INT));
                require((int) hint.invokeExact(handle, PLAIN, description, MANY_CALLS));
            } else {
                var hint = library.function("mkl_sparse_set_mm_hint", FunctionDescriptor.of(
                        JAVA_INT, ADDRESS, JAVA_INT, DESCRIPTION, JAVA_INT, JAVA_INT, JAVA_INT));
                require((int) hint.invokeExact(handle, PLAIN, description, ROW_MAJOR, task.batch(), MANY_CALLS));
            }
            require((int) library.function("mkl_sparse_optimize", FunctionDescriptor.of(JAVA_INT, ADDRESS))
                    .invokeExact(handle));
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
    }

    private static void vector(MethodHandle mv, MemorySegment handle, MemorySegment description, MemorySegment x,
            MemorySegment y) {
        try {
            require((int) mv.invokeExact(PLAIN, 1f, handle, description, x, 0f, y));
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
    }

    private static void matrix(MethodHandle mm, MemorySegment handle, MemorySegment description, MemorySegment x,
            int batch, MemorySegment y) {
        try {
            require((int) mm.invokeExact(
                    PLAIN, 1f, handle, description, ROW_MAJOR, x, batch, batch, 0f, y, batch));
        } catch (Throwable e) {
            throw NativeLibrary.unexpected(e);
        }
    }

    private static void require(int status) {
        if (status != 0) {
            throw new IllegalStateException("MKL answers with status " + status);
        }
    }
}
