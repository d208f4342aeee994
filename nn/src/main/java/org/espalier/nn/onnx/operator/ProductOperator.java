package org.espalier.nn.onnx.operator;

import java.util.Optional;
import org.espalier.tensor.Tensor;

/** Products of matrices. */
public final class ProductOperator {
    private ProductOperator() {}

    static void register(Operators all) {
        all.add("MatMul", 2, attributes -> new MatMul());
        all.add("Gemm", 2, 3, attributes -> {
            attributes.ignore("broadcast");
            return new Gemm(attributes.real("alpha", 1), attributes.real("beta", 1),
                    attributes.flag("transA", false), attributes.flag("transB", false));
        });
    }

    private static void requireSame(Dim inner, Dim other, Dims a, Dims b) {
        if (inner.isKnown() && other.isKnown() && !inner.equals(other)) {
            throw new IllegalArgumentException("the inner sizes of " + a + " and " + b + " differ");
        }
    }

    /** The product over the last two axes, as NumPy has it: a vector is a row on the left and a column on the right. */
    public record MatMul() implements Operator {
        @Override
        public Tensor value(Operands in) {
            var a = in.tensor(0);
            var b = in.tensor(1);
            var left = a.rank() == 1 ? a.unsqueeze(0) : a;
            var right = b.rank() == 1 ? b.unsqueeze(1) : b;
            var product = left.matmul(right);
            int rank = product.rank();
            if (b.rank() == 1) {
                product = product.reshape(Axes.without(product.shape(), rank - 1));
            }
            return a.rank() == 1
                    ? product.reshape(Axes.without(product.shape(), b.rank() == 1 ? product.rank() - 1 : rank - 2))
                    : product;
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            boolean matrices = in.dims(0).filter(a -> a.rank() > 1).isPresent()
                    && in.dims(1).filter(b -> b.rank() > 1).isPresent();
            if (!matrices) {
                return Optional.empty();
            }
            var a = in.known(0);
            var b = in.known(1);
            requireSame(a.get(-1), b.get(-2), a, b);
            var outer = Dims.broadcast(new Dims(a.all().subList(0, a.rank() - 2)),
                    new Dims(b.all().subList(0, b.rank() - 2)));
            return outer.map(rows -> rows.edited(dims -> {
                dims.add(a.get(-2));
                dims.add(b.get(-1));
                return dims;
            }));
        }

        @Override
        public boolean keepsRows(Facts in) {
            var a = in.known(0);
            var b = in.known(1);
            if (in.isConstant(0)) {
                return !in.isConstant(1) && b.rank() > 2 && a.rank() < b.rank();
            }
            boolean rows = a.rank() > 1 && b.rank() <= a.rank();
            return rows && (in.isConstant(1)
                    ? b.rank() <= 2 || b.rank() < a.rank() || b.get(0).is(1)
                    : a.rank() > 2 && b.rank() == a.rank() && a.get(0).equals(b.get(0)));
        }
    }

    /**
     * alpha·A·B + beta·C.
     *
     * @param alpha the factor of the product
     * @param beta the factor of what is added
     * @param transA whether the first matrix is transposed
     * @param transB whether the second is
     */
    public record Gemm(float alpha, float beta, boolean transA, boolean transB) implements Operator {
        @Override
        public Tensor value(Operands in) {
            var a = matrix(in, 0, transA);
            var product = a.matmul(matrix(in, 1, transB));
            var scaled = alpha == 1 ? product : product.times(alpha);
            if (!in.has(2)) {
                return scaled;
            }
            var shape = scaled.shape();
            var added = in.tensor(2).expand(shape);
            return scaled.plus(beta == 1 ? added : added.times(beta));
        }

        private static Tensor matrix(Operands in, int input, boolean transposed) {
            if (in.shape(input).rank() != 2) {
                throw new IllegalArgumentException("its input " + input + " must be a matrix, not " + in.shape(input));
            }
            return transposed ? in.tensor(input).transpose() : in.tensor(input);
        }

        @Override
        public Optional<Dims> dims(Facts in) {
            boolean matrices = in.dims(0).filter(a -> a.rank() == 2).isPresent()
                    && in.dims(1).filter(b -> b.rank() == 2).isPresent();
            if (!matrices) {
                return Optional.empty();
            }
            var a = in.known(0);
            var b = in.known(1);
            requireSame(a.get(transA ? 0 : 1), b.get(transB ? 1 : 0), a, b);
            return Optional.of(Dims.of(a.get(transA ? 1 : 0), b.get(transB ? 0 : 1)));
        }

        @Override
        public boolean keepsRows(Facts in) {
            boolean product = !in.isConstant(0) && !transA && in.isConstant(1);
            if (!product || !in.has(2)) {
                return product;
            }
            var added = in.known(2);
            boolean whole = added.rank() == 2;
            return in.isConstant(2) ? !whole || added.get(0).is(1) : whole && added.get(0).equals(in.known(0).get(0));
        }
    }
}
