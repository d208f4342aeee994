package org.espalier.bench.task;

/**
 * A chain of operations on a vector of {@value #SIZE} numbers and the gradient through it: y ← y·x and y ← y + x in
 * turn, from y = x, then Σy, differentiated by x. The arithmetic takes nanoseconds, so what is measured is making,
 * recording and walking the graph.
 *
 * @param ops operations of the chain, an even number
 */
public record AutogradGraph(int ops) implements Workload {
    private static final int SIZE = 4;

    @Override
    public String name() {
        return "graph of " + ops + " ops";
    }

    @Override
    public int threads() {
        return 1;
    }

    /** A product is computed, multiplied by twice on the way back and summed into x's gradient; a sum is the rest. */
    @Override
    public Cost cost() {
        return Cost.of(3.0 * ops * SIZE, 4.0 * 2 * SIZE);
    }

    /** x, in [-0.5, 0.5): small enough for the chain to converge. */
    public float[] x() {
        var x = BenchData.uniform(12, SIZE);
        for (int i = 0; i < SIZE; i++) {
            x[i] *= 0.5f;
        }
        return x;
    }

    @Override
    public void verify(float[] gradient) {
        var x = x();
        var expected = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            double y = x[i];
            double slope = 1;
            for (int op = 0; op < ops; op += 2) {
                slope = y + slope * x[i] + 1;
                y = y * x[i] + x[i];
            }
            expected[i] = slope;
        }
        ReferenceCheck.close(name(), gradient, expected, 1e-5);
    }
}
