package org.espalier.tensor;

/**
 * A reproducible source of random numbers: Philox4x32-10, counter based. The whole state is a seed, a stream and a
 * position, so it can be saved, resumed, and split into independent streams without drawing. Not safe to share between
 * threads: give each its own {@linkplain #split split}.
 *
 * <p>Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The transforms from
 * bits to numbers below are part of the promise: they change only with {@link #ALGORITHM}.
 *
 * {@snippet :
 * var rng = Rng.of(42);
 * Tensor noise = rng.normal(Shape.of(3, 2), 0.5f);
 * int[] order = rng.permutation(10);
 * Rng dropout = rng.split(1);                  // an independent stream; rng itself does not move
 * Rng later = Rng.at(rng.state());             // continues where rng is
 * }
 */
public final class Rng {
    /** Names the generator and its transforms in checkpoints. */
    public static final String ALGORITHM = "philox4x32-10/espalier-1";

    private final long seed;
    private final long stream;
    private final int[] block = new int[4];
    private long position;

    /** All that is needed to continue a generator: {@code position} counts the 32-bit words drawn. */
    public record State(long seed, long stream, long position) {}

    private Rng(State state) {
        seed = state.seed;
        stream = state.stream;
        position = state.position;
        if ((position & 3) != 0) {
            Philox.block(position >>> 2, stream, seed, block);
        }
    }

    /** A generator at the beginning of stream 0 of a seed. */
    public static Rng of(long seed) {
        return new Rng(new State(seed, 0, 0));
    }

    /** A generator that continues where another was. */
    public static Rng at(State state) {
        return new Rng(state);
    }

    /** Where this generator is. */
    public State state() {
        return new State(seed, stream, position);
    }

    /** An independent generator for a numbered purpose (a layer, a worker, an epoch); does not advance this one. */
    public Rng split(long label) {
        var mixed = new int[4];
        Philox.block(label, ~stream, seed, mixed);
        return new Rng(new State(seed, (long) mixed[1] << 32 | mixed[0] & 0xFFFFFFFFL, 0));
    }

    /** 32 uniform bits. */
    public int nextInt() {
        int lane = (int) (position & 3);
        if (lane == 0) {
            Philox.block(position >>> 2, stream, seed, block);
        }
        position++;
        return block[lane];
    }

    /** Fills an array with words, as if by {@link #nextInt()} for each, but several times as fast. */
    public void nextInts(int[] words) {
        int done = 0;
        while (done < words.length && (position & 3) != 0) {
            words[done++] = nextInt();
        }
        for (; done + 4 * Philox.LANES <= words.length; done += 4 * Philox.LANES) {
            Philox.blocks(position >>> 2, stream, seed, words, done);
            position += 4 * Philox.LANES;
        }
        while (done < words.length) {
            words[done++] = nextInt();
        }
    }

    /** Uniform in [0, bound), without bias (Lemire 2019); throws {@link IllegalArgumentException} if bound &lt; 1. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("nextInt: bound " + bound + " is not positive");
        }
        int threshold = Integer.remainderUnsigned(-bound, bound);
        while (true) {
            long product = (nextInt() & 0xFFFFFFFFL) * bound;
            if (Integer.compareUnsigned((int) product, threshold) >= 0) {
                return (int) (product >>> 32);
            }
        }
    }

    /** Uniform in [0, 1): the upper 24 bits of a word. */
    public float nextFloat() {
        return (nextInt() >>> 8) * 0x1p-24f;
    }

    /** Standard normal (Box and Muller 1958, the cosine branch, with {@link StrictMath}); draws two words. */
    public float nextGaussian() {
        double u = ((nextInt() & 0xFFFFFFFFL) + 1) * 0x1p-32;
        double v = (nextInt() & 0xFFFFFFFFL) * 0x1p-32;
        return (float) (StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * Math.PI * v));
    }

    /**
     * A tensor of uniform numbers in [low, high); of {@code low} if the two are equal.
     *
     * @throws IllegalArgumentException if low is not at most high or one of them is not finite
     */
    public Tensor uniform(Shape shape, float low, float high) {
        boolean endless = !Float.isFinite(low) || !Float.isFinite(high);
        if (!(low <= high) || endless && shape.size() > 0) {
            throw new IllegalArgumentException("uniform: low " + low + " and high " + high
                    + " must be finite, low not above high");
        }
        // Rounding could reach the upper bound.
        float largest = low < high ? Math.nextDown(high) : low;
        boolean wide = Float.isInfinite(high - low);
        var elements = new float[shape.size()];
        for (int i = 0; i < elements.length; i++) {
            float u = nextFloat();
            float x = wide ? (float) (low + ((double) high - low) * u) : low + (high - low) * u;
            elements[i] = Math.min(x, largest);
        }
        return Storage.adopt(shape, elements);
    }

    /**
     * A tensor of normal numbers with mean 0 and the given standard deviation.
     *
     * @throws IllegalArgumentException if the standard deviation is negative or not finite
     */
    public Tensor normal(Shape shape, float deviation) {
        if (!(deviation >= 0) || deviation == Float.POSITIVE_INFINITY && shape.size() > 0) {
            throw new IllegalArgumentException(
                    "normal: standard deviation " + deviation + " is not finite and at least 0");
        }
        var elements = new float[shape.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = deviation * nextGaussian();
        }
        return Storage.adopt(shape, elements);
    }

    /** The numbers 0 … n − 1 in random order (Fisher and Yates). */
    public int[] permutation(int n) {
        var order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
