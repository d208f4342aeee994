package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.espalier.parallel.Parallelism;
import org.junit.jupiter.api.Test;

class ProductsTest {
    private final Values values = new Values(23);

    @Test
    void productsHaveTheSameBitsForEveryNumberOfThreads() {
        for (int[] size : new int[][] {{400, 70, 90}, {70, 400, 90}, {130, 131, 137}}) {
            int m = size[0];
            int n = size[1];
            int k = size[2];
            var a = values.tensor(m, k);
            var aStored = values.tensor(k, m);
            var b = values.tensor(k, n);
            var bStored = values.tensor(n, k);
            var bias = values.tensor(n);
            for (int threads : new int[] {2, 3, 8}) {
                try (var pool = Parallelism.of(threads)) {
                    assertArrayEquals(a.matmul(b).toArray(), pool.call(() -> a.matmul(b)).toArray());
                    assertArrayEquals(
                            aStored.transpose().matmul(bStored.transpose()).toArray(),
                            pool.call(() -> aStored.transpose().matmul(bStored.transpose())).toArray());
                    assertArrayEquals(
                            a.linear(bStored, bias).toArray(), pool.call(() -> a.linear(bStored, bias)).toArray());
                }
            }
        }
    }

    @Test
    void aTransposeIsReadInPlaceAndGivesTheBitsOfACopy() {
        var a = values.tensor(7, 5);
        var b = values.tensor(7, 3);
        var copied = Tensor.of(Shape.of(5, 7), a.transpose().toArray());
        assertArrayEquals(copied.matmul(b).toArray(), a.transpose().matmul(b).toArray());
        var stack = values.tensor(4, 7, 5);
        var copiedStack = Tensor.of(Shape.of(4, 5, 7), stack.transpose().toArray());
        assertArrayEquals(copiedStack.matmul(b).toArray(), stack.transpose().matmul(b).toArray());
    }
}
