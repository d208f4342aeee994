package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;

class BackwardTest {
    /** f = (a + b)·(b + 1) at a = 2, b = 3: ∂f/∂a = b + 1, ∂f/∂b = (b + 1) + (a + b). */
    @Test
    void gradientsAddUpWherePathsMeet() {
        var a = Tensor.scalar(2).withGrad();
        var b = Tensor.scalar(3).withGrad();
        var gradients = a.plus(b).times(b.plus(1)).backward();
        assertEquals(4, gradients.of(a).item());
        assertEquals(9, gradients.of(b).item());
    }

    @Test
    void aDiamondIsVisitedOncePerNode() {
        var x = Tensor.scalar(1.5f).withGrad();
        var y = x;
        for (int i = 0; i < 40; i++) {
            y = y.plus(y).times(0.5f);
        }
        assertEquals(1, y.backward().of(x).item(), "2⁴⁰ paths, 80 nodes");
    }

    @Test
    void theSameTensorTwiceAsAnInputCountsTwice() {
        var x = Tensor.vector(3, -4).withGrad();
        assertArrayEquals(new float[] {6, -8}, x.times(x).sum().backward().of(x).toArray());
    }

    @Test
    void aLeafIsItsOwnGradientOne() {
        var x = Tensor.scalar(5).withGrad();
        assertEquals(1, x.backward().of(x).item());
    }

    @Test
    void inputsThatAreNotTrackedAreLeftAlone() {
        var x = Tensor.vector(1, 2).withGrad();
        var constant = Tensor.vector(10, 20);
        var gradients = x.times(constant).sum().backward();
        assertArrayEquals(new float[] {10, 20}, gradients.of(x).toArray());
        assertEquals(1, gradients.leaves().size());
    }

    @Test
    void aSeedWeighsTheResult() {
        var x = Tensor.vector(1, 2).withGrad();
        var gradients = x.square().backward(Tensor.vector(1, 10));
        assertArrayEquals(new float[] {2, 40}, gradients.of(x).toArray());
    }

    @Test
    void aSeedOfAnotherShapeIsRefused() {
        var y = Tensor.vector(1, 2).withGrad().square();
        var thrown = assertThrows(ShapeException.class, () -> y.backward(Tensor.scalar(1)));
        assertEquals("backward: the seed must have the result's shape: [] and [2]", thrown.getMessage());
    }

    @Test
    void onlyANumberHasGradientsWithoutASeed() {
        var y = Tensor.vector(1, 2).withGrad().square();
        assertTrue(assertThrows(ShapeException.class, y::backward).getMessage().contains("[2]"));
        assertThrows(ShapeException.class, y::backwardWithGraph);
    }

    @Test
    void aResultThatDependsOnNoLeafIsRefused() {
        var message = assertThrows(IllegalStateException.class, () -> Tensor.scalar(1).exp().backward()).getMessage();
        assertTrue(message.contains("withGrad"), message);
    }

    @Test
    void broadcastingIsUndone() {
        var bias = Tensor.vector(1, 2, 3).withGrad();
        var column = Tensor.zeros(Shape.of(4, 1)).withGrad();
        var scalar = Tensor.scalar(2).withGrad();
        var gradients = Tensor.zeros(Shape.of(4, 3)).plus(bias).plus(column).times(scalar).sum().backward();
        assertArrayEquals(new float[] {8, 8, 8}, gradients.of(bias).toArray());
        assertEquals(Shape.of(4, 1), gradients.of(column).shape());
        assertArrayEquals(new float[] {6, 6, 6, 6}, gradients.of(column).toArray());
        assertEquals(24, gradients.of(scalar).item());
    }

    @Test
    void summingToAShapeUndoesEveryWayOfBroadcasting() {
        var g = Tensor.full(Shape.of(2, 3, 4), 1);
        assertArrayEquals(new float[] {24}, Backward.summedTo(Shape.scalar(), g).toArray());
        assertArrayEquals(new float[] {8, 8, 8}, Backward.summedTo(Shape.of(3, 1), g).toArray());
        assertEquals(Shape.of(1, 3, 4), Backward.summedTo(Shape.of(1, 3, 4), g).shape());
        assertEquals(Shape.of(1, 1), Backward.summedTo(Shape.of(1, 1), Tensor.zeros(Shape.of(0, 5))).shape());
        assertEquals(g, Backward.summedTo(Shape.of(2, 3, 4), g));
    }

    @Test
    void aChainOfTwentyThousandOpsDoesNotOverflowTheStack() {
        var x = Tensor.vector(1, 2).withGrad();
        var y = x;
        for (int i = 0; i < 20_000; i++) {
            y = y.plus(1);
        }
        assertArrayEquals(new float[] {1, 1}, y.sum().backward().of(x).toArray());
    }

    /** Recording an op, walking back to it and its gradient: some twenty small objects, whatever the chain's length. */
    @Test
    void aSmallOpAndItsGradientAllocateLittle() {
        var x = Tensor.vector(0.1f, 0.2f, 0.3f, 0.4f).withGrad();
        int ops = 1000;
        productsAndSums(x, ops);
        long allocated = Allocation.of(() -> productsAndSums(x, ops));
        assertTrue(allocated <= 1_000L * ops, () -> allocated / ops + " bytes for an op and its gradient");
    }

    private static Gradients productsAndSums(Tensor x, int ops) {
        var y = x;
        for (int op = 0; op < ops; op += 2) {
            y = y.times(x).plus(x);
        }
        return y.sum().backward();
    }

    @Test
    void derivativesOfDerivativesFollowTheFormula() {
        var x = Tensor.scalar(2).withGrad();
        var first = x.pow(3).backwardWithGraph().of(x);
        var second = first.backwardWithGraph().of(x);
        var third = second.backwardWithGraph().of(x);
        assertEquals(12, first.item());
        assertEquals(12, second.item());
        assertEquals(6, third.item());
        assertEquals(0, third.backward().of(x).item());
    }

    @Test
    void plainGradientsAreNotTracked() {
        var x = Tensor.scalar(2).withGrad();
        assertFalse(x.pow(3).backward().of(x).requiresGrad());
        assertTrue(x.pow(3).backwardWithGraph().of(x).requiresGrad());
        assertFalse(x.square().backward(x.times(2)).of(x).requiresGrad(), "not even where the seed was");
    }

    @Test
    void gradientsDoNotKeepTheGraphAlive() throws InterruptedException {
        var x = Tensor.vector(1, 2).withGrad();
        var w = Tensor.matrix(new float[] {1, 2}, new float[] {3, 4}).withGrad();
        var y = x.reshape(1, 2).matmul(w.transpose()).relu();
        var graph = new WeakReference<>(y.node());
        var gradients = y.sum().backward();
        y = null;
        for (int i = 0; i < 50 && graph.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(graph.get());
        assertArrayEquals(new float[] {4, 6}, gradients.of(x).toArray());
    }

    @Test
    void aDetachedTransposeDoesNotKeepTheGraphAlive() throws InterruptedException {
        var y = Tensor.zeros(Shape.of(2, 2)).withGrad().exp();
        var graph = new WeakReference<>(y.node());
        var transposed = y.transpose().detach();
        y = null;
        for (int i = 0; i < 50 && graph.get() != null; i++) {
            System.gc();
            Thread.sleep(10);
        }
        assertNull(graph.get());
        assertEquals(1, transposed.get(1, 0));
    }

    @Test
    void changingAnArrayOfInputsAfterwardsChangesNothing() {
        var x = Tensor.vector(1).withGrad();
        var y = Tensor.vector(2).withGrad();
        Tensor[] parts = {x, y};
        var joined = Tensor.concat(0, parts);
        parts[0] = y;
        var gradients = joined.times(Tensor.vector(5, 7)).sum().backward();
        assertEquals(5, gradients.of(x).item());
        assertEquals(7, gradients.of(y).item());
    }

    @Test
    void twoThreadsThroughTheSameLeavesGetTheBitsOfOne() throws Exception {
        var values = new Values(11);
        var w = values.tensor(8, 6).withGrad();
        var b = values.tensor(8).withGrad();
        var shared = w.transpose();
        var x = values.tensor(5, 6);
        Callable<float[]> work = () -> {
            var y = x.linear(w, b).tanh().sum().plus(x.matmul(shared).gelu().mean());
            var gradients = y.backward();
            return Tensor.concat(0, gradients.of(w).reshape(-1), gradients.of(b)).toArray();
        };
        float[] expected = work.call();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var tasks = new ArrayList<Callable<float[]>>();
            for (int i = 0; i < 200; i++) {
                tasks.add(work);
            }
            for (var result : threads.invokeAll(tasks)) {
                assertArrayEquals(expected, result.get());
            }
        }
    }
}
