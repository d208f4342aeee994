package org.espalier.bench.peer;

import java.util.Optional;
import java.util.function.Supplier;
import org.ejml.EjmlVersion;
import org.ejml.data.FMatrixRMaj;
import org.ejml.data.FMatrixSparseCSC;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ejml.ops.FConvertMatrixStruct;
import org.ejml.sparse.csc.CommonOps_FSCC;
import org.espalier.bench.task.Dense;
import org.espalier.bench.task.Elementwise;
import org.espalier.bench.task.MatrixProduct;
import org.espalier.bench.task.Sparse;
import org.espalier.bench.task.VectorSum;
import org.espalier.bench.task.Workload;

/** EJML's row-major float matrices and compressed columns, on one thread. */
final class Ejml implements Peer {
    /** Smaller products would show the cost of a call, which other rows measure. */
    private static final double SMALL = 1e6;

    @Override
    public String name() {
        return "ejml";
    }

    @Override
    public String describe() {
        return "EJML " + EjmlVersion.VERSION + ", FMatrixRMaj and FMatrixSparseCSC";
    }

    @Override
    public Optional<Supplier<Work>> offer(Workload task) {
        if (task.threads() != 1) {
            return Optional.empty();
        }
        return switch (task) {
            case MatrixProduct product when product.cost().flops() > SMALL -> Optional.of(() -> product(product));
            case Dense dense -> Optional.of(() -> dense(dense));
            case Elementwise map when map.function() == Elementwise.Function.EXP -> Optional.of(() -> exp(map));
            case VectorSum sum -> Optional.of(() -> sum(sum));
            case Sparse sparse when isTelling(sparse) -> Optional.of(() -> sparse(sparse));
            default -> Optional.empty();
        };
    }

    private static Work product(MatrixProduct task) {
        var a = FMatrixRMaj.wrap(task.m(), task.k(), task.a());
        var b = FMatrixRMaj.wrap(task.k(), task.n(), task.b());
        var c = new FMatrixRMaj(task.m(), task.n());
        return Work.filling(c.data, () -> CommonOps_FDRM.mult(a, b, c));
    }

    private static Work dense(Dense task) {
        var x = FMatrixRMaj.wrap(task.batch(), task.in(), task.x());
        var w = FMatrixRMaj.wrap(task.out(), task.in(), task.w());
        var y = new FMatrixRMaj(task.batch(), task.out());
        return Work.filling(y.data, () -> CommonOps_FDRM.multTransB(x, w, y));
    }

    /** Its time follows the number of weights alone: a few rows tell all. */
    private static boolean isTelling(Sparse task) {
        return !task.isDense() && task.percent() >= 90 && (task.batch() == 1 || task.batch() >= 128);
    }

    private static Work sparse(Sparse task) {
        var dense = FMatrixRMaj.wrap(task.out(), task.in(), task.w());
        var w = FConvertMatrixStruct.convert(dense, (FMatrixSparseCSC) null, 0f);
        var x = FMatrixRMaj.wrap(task.in(), task.batch(), task.x());
        var y = new FMatrixRMaj(task.out(), task.batch());
        return Work.filling(y.data, () -> CommonOps_FSCC.mult(w, x, y));
    }

    private static Work exp(Elementwise task) {
        var x = FMatrixRMaj.wrap(1, task.n(), task.x());
        var y = new FMatrixRMaj(1, task.n());
        return Work.filling(y.data, () -> CommonOps_FDRM.elementExp(x, y));
    }

    private static Work sum(VectorSum task) {
        var x = FMatrixRMaj.wrap(1, task.n(), task.x());
        var y = new float[1];
        return Work.filling(y, () -> y[0] = CommonOps_FDRM.elementSum(x));
    }
}
