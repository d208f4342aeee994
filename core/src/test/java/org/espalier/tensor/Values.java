package org.espalier.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded shapes and numbers for tests; independent of the library's own generator. */
final class Values {
    /** Shapes for ops that take any: every rank up to 6, sizes 0 and 1, primes, a run longer than any vector. */
    static final List<Shape> EDGES = List.of(
            Shape.scalar(), Shape.of(0), Shape.of(1), Shape.of(7), Shape.of(131), Shape.of(1, 1), Shape.of(2, 3),
            Shape.of(0, 3), Shape.of(3, 0), Shape.of(5, 1), Shape.of(1, 5), Shape.of(2, 3, 4), Shape.of(1, 0, 2),
            Shape.of(2, 1, 3, 2), Shape.of(2, 1, 2, 1, 3, 2));

    private static final int[] SIZES = {1, 2, 3, 5, 7, 11};
    private static final int LARGEST = 96;

    private final SplittableRandom random;

    Values(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Uniform in [0, bound). */
    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Uniform in [low, high). */
    double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** One of the given numbers. */
    float oneOf(float... choices) {
        return choices[below(choices.length)];
    }

    /** A size: mostly a small prime, sometimes 0. */
    int size() {
        return chance(0.05) ? 0 : SIZES[below(SIZES.length)];
    }

    /** A shape of a rank from {@code least} to 6 and at most 96 elements; mostly of a rank up to 4. */
    Shape shape(int least) {
        return shapeOfRank(least + below((chance(0.2) ? 7 : 5) - least));
    }

    Shape shapeOfRank(int rank) {
        while (true) {
            var dims = new int[rank];
            Arrays.setAll(dims, axis -> size());
            var shape = Shape.of(dims);
            if (shape.size() <= LARGEST) {
                return shape;
            }
        }
    }

    /** A shape that broadcasts to {@code whole}: some sizes are 1, some outer axes are missing. */
    Shape broadcasting(Shape whole) {
        int[] dims = whole.dims();
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = chance(0.4) ? 1 : dims[axis];
        }
        return Shape.of(Arrays.copyOfRange(dims, chance(0.3) ? below(dims.length + 1) : 0, dims.length));
    }

    /** Numbers in (−2, 2), in random order, any two at least 1.6 / n apart and all with a float's precision. */
    double[] spread(int n) {
        int[] order = permutation(n);
        var numbers = new double[n];
        Arrays.setAll(numbers, i -> (float) (-2 + 4 * (order[i] + between(0.2, 0.8)) / n));
        return numbers;
    }

    int[] permutation(int n) {
        var order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /** Some of the axes below {@code rank}, ascending; perhaps none. */
    int[] axes(int rank) {
        var axes = new ArrayList<Integer>();
        for (int axis = 0; axis < rank; axis++) {
            if (chance(0.5)) {
                axes.add(axis);
            }
        }
        return axes.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Uniform in [−1, 1). */
    float[] floats(int n) {
        var numbers = new float[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (float) between(-1, 1);
        }
        return numbers;
    }

    /** A tensor of numbers uniform in [−1, 1). */
    Tensor tensor(int... dims) {
        var shape = Shape.of(dims);
        return Tensor.of(shape, floats(shape.size()));
    }
}
