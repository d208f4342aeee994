package org.espalier.bench.task;

import java.util.SplittableRandom;

/** Seeded inputs. All values are ordinary: none is subnormal, which would slow some peers down and not others. */
final class BenchData {
    private BenchData() {}

    /** Values in [-1, 1). */
    static float[] uniform(long seed, int n) {
        var random = new SplittableRandom(seed);
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (random.nextInt() >> 8) * 0x1p-23f;
        }
        return values;
    }

    /** Images as MNIST has them: one pixel in five is not black, and those lie in [1/255, 1]. */
    static float[] pixels(long seed, int n) {
        var random = new SplittableRandom(seed);
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            int bits = random.nextInt();
            values[i] = (bits & 0xff) < 51 ? (1 + (bits >>> 8) % 255) / 255f : 0;
        }
        return values;
    }

    /** Class numbers in [0, classes). */
    static int[] labels(long seed, int n, int classes) {
        return new SplittableRandom(seed).ints(n, 0, classes).toArray();
    }
}
