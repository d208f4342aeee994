package org.espalier.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.parallel.Parallelism;
import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Op;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SparseOpsTest {
    private final Rng rng = Rng.of(3);

    /** A layer, a batch and the gradient of its result. */
    private record Case(SparsityStructure pattern, Tensor x, Tensor weight, Tensor bias, Tensor g) {
        int in() {
            return weight.dim(1);
        }

        int out() {
            return weight.dim(0);
        }

        int batch() {
            return x.size() / in();
        }

        boolean[] kept() {
            var kept = new boolean[weight.size()];
            for (int place : pattern.places()) {
                kept[place] = true;
            }
            return kept;
        }

        /** Output, gradients of x, weight and bias. */
        List<Tensor> results() {
            var leaf = x.withGrad();
            var w = weight.withGrad();
            var b = bias.withGrad();
            var y = pattern.linear(leaf, w, b);
            var gradients = y.backward(g);
            return List.of(y, gradients.of(leaf), gradients.of(w), gradients.of(b));
        }
    }

    private Case draw(int in, int out, Shape samples) {
        var weight = rng.normal(Shape.of(out, in), 1);
        int[] dims = Arrays.copyOf(samples.dims(), samples.rank() + 1);
        dims[samples.rank()] = in;
        var x = rng.normal(Shape.of(dims), 1);
        dims[samples.rank()] = out;
        return new Case(
                SparsityStructureTest.random(weight.shape(), in + out), x, weight, rng.normal(Shape.of(out), 1),
                rng.normal(Shape.of(dims), 1));
    }

    private List<Case> cases() {
        var cases = new ArrayList<Case>();
        for (int[] size : new int[][] {{1, 1}, {5, 3}, {40, 17}, {200, 70}, {17, 300}}) {
            for (var samples : new Shape[] {Shape.of(1), Shape.of(19), Shape.of(3, 50), Shape.scalar()}) {
                cases.add(draw(size[0], size[1], samples));
            }
        }
        return cases;
    }

    @Test
    void valuesAndGradientsAreThoseOfDoublePrecision() {
        for (var c : cases()) {
            boolean[] kept = c.kept();
            float[] x = c.x.toArray();
            float[] w = c.weight.toArray();
            float[] g = c.g.toArray();
            var y = new double[c.g.size()];
            var dx = new double[x.length];
            var dw = new double[w.length];
            var db = new double[c.out()];
            for (int s = 0; s < c.batch(); s++) {
                for (int o = 0; o < c.out(); o++) {
                    y[s * c.out() + o] = c.bias.get(o);
                    db[o] += g[s * c.out() + o];
                    for (int i = 0; i < c.in(); i++) {
                        if (kept[o * c.in() + i]) {
                            y[s * c.out() + o] += (double) x[s * c.in() + i] * w[o * c.in() + i];
                            dx[s * c.in() + i] += (double) g[s * c.out() + o] * w[o * c.in() + i];
                            dw[o * c.in() + i] += (double) g[s * c.out() + o] * x[s * c.in() + i];
                        }
                    }
                }
            }
            var results = c.results();
            assertClose(y, results.get(0));
            assertClose(dx, results.get(1));
            assertClose(dw, results.get(2));
            assertClose(db, results.get(3));
            float[] gradient = results.get(2).toArray();
            for (int i = 0; i < kept.length; i++) {
                assertTrue(kept[i] || Float.floatToRawIntBits(gradient[i]) == 0);
            }
        }
    }

    private static void assertClose(double[] expected, Tensor actual) {
        float[] elements = actual.toArray();
        assertEquals(expected.length, elements.length);
        for (int i = 0; i < expected.length; i++) {
            // chains of at most 300 terms around 1
            assertEquals(expected[i], elements[i], 2e-4);
        }
    }

    @Test
    void gradientsAgreeWithDifferences() {
        var c = draw(9, 6, Shape.of(5));
        var worst = GradCheck.check(
                in -> c.pattern.linear(in[0], in[1], in[2]).tanh().square().sum(), c.x, c.weight, c.bias);
        assertTrue(worst.error() < 5e-3, worst::toString);
    }

    @Test
    void secondDerivativesAreThoseOfTheMaskedDenseLayer() {
        var c = draw(9, 6, Shape.of(5));
        var mask = c.pattern.tensor(Tensor.full(Shape.of(c.pattern.entries()), 1).toArray());
        var x = c.x.withGrad();
        var w = c.weight.withGrad();
        var b = c.bias.withGrad();
        var sparse = second(c.pattern.linear(x, w, b), x, w, b);
        var dense = second(x.linear(w.times(mask), b), x, w, b);
        for (int i = 0; i < sparse.size(); i++) {
            float scale = dense.get(i).abs().max().item();
            assertArrayEquals(dense.get(i).toArray(), sparse.get(i).toArray(), 1e-5f * scale);
        }
    }

    /** The gradients of the sum of the squares of the gradients of Σ y³. */
    private static List<Tensor> second(Tensor y, Tensor... leaves) {
        var first = y.square().times(y).sum().backwardWithGraph();
        var sum = Tensor.scalar(0);
        for (var leaf : leaves) {
            sum = sum.plus(first.of(leaf).square().sum());
        }
        var gradients = sum.backward();
        return List.of(leaves).stream().map(gradients::of).toList();
    }

    @Test
    void bitsDoNotDependOnThreads() {
        for (var c : List.of(draw(40, 17, Shape.of(19)), draw(400, 200, Shape.of(130)))) {
            var alone = c.results();
            for (int threads : new int[] {2, 3, 8}) {
                try (var pool = Parallelism.of(threads)) {
                    var together = pool.call(c::results);
                    for (int i = 0; i < alone.size(); i++) {
                        assertArrayEquals(alone.get(i).toArray(), together.get(i).toArray());
                    }
                }
            }
        }
    }

    @Test
    void anEmptyBatchAndAnEmptyPatternAreOrdinary() {
        var none = new Case(
                SparsityStructureTest.of(Shape.of(2, 3), i -> false), rng.normal(Shape.of(4, 3), 1),
                rng.normal(Shape.of(2, 3), 1),
                Tensor.vector(1, 2), rng.normal(Shape.of(4, 2), 1));
        assertArrayEquals(new float[] {1, 2, 1, 2, 1, 2, 1, 2}, none.results().get(0).toArray());
        assertArrayEquals(new float[12], none.results().get(1).toArray());
        assertArrayEquals(new float[6], none.results().get(2).toArray());
        var empty = draw(3, 2, Shape.of(0)).results();
        assertEquals(Shape.of(0, 2), empty.get(0).shape());
        assertArrayEquals(new float[6], empty.get(2).toArray());
    }

    @Test
    void misfitsAreNamed() {
        var pattern = SparsityStructureTest.of(Shape.of(2, 3), i -> true);
        var w = Tensor.zeros(Shape.of(2, 3));
        var b = Tensor.zeros(Shape.of(2));
        var thrown = assertThrows(ShapeException.class, () -> pattern.linear(Tensor.zeros(Shape.of(5, 4)), w, b));
        assertEquals(
                "sparse linear: needs samples [..., 3] and a weight matrix [2, 3], not [5, 4] and [2, 3]",
                thrown.getMessage());
        var x = Tensor.zeros(Shape.of(5, 3));
        assertThrows(ShapeException.class, () -> pattern.linear(x, Tensor.zeros(Shape.of(3, 2)), b));
        assertThrows(ShapeException.class, () -> pattern.linear(x, w, Tensor.zeros(Shape.of(3))));
        assertThrows(ShapeException.class, () -> Op.apply(new SparseOps.Sampled(pattern), x, x));
    }
}
