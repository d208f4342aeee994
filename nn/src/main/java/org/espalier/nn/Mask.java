package org.espalier.nn;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.espalier.sparse.SparsityStructure;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Which elements of a tensor are kept; the others are held at +0. An immutable value.
 *
 * {@snippet :
 * var weight = Linear.of(4, 2).weight();
 * weight.assignMask(Mask.of(weight.shape(), i -> i % 2 == 0)); // half of the weights, exactly +0 from now on
 * double sparsity = weight.mask().orElseThrow().sparsity(); // 0.5
 * }
 *
 * <p>A mask selects, it never multiplies: NaN, infinities and −0 under the mask become exactly +0.
 */
public final class Mask {
    private final Shape shape;
    private final long[] words;
    private final int kept;
    private volatile SparsityStructure pattern;

    private Mask(Shape shape, long[] words) {
        this.shape = shape;
        this.words = words;
        int count = 0;
        for (long word : words) {
            count += Long.bitCount(word);
        }
        this.kept = count;
    }

    /** The mask that keeps the elements, numbered in row-major order, for which {@code keeps} is true. */
    public static Mask of(Shape shape, IntPredicate keeps) {
        var words = new long[(shape.size() + 63) >>> 6];
        for (int i = 0; i < shape.size(); i++) {
            if (keeps.test(i)) {
                words[i >>> 6] |= 1L << i;
            }
        }
        return new Mask(shape, words);
    }

    /** The mask that keeps what is true, in row-major order; throws {@link ShapeException} for another number. */
    public static Mask of(Shape shape, boolean[] keeps) {
        requireCount(shape, keeps.length);
        var words = new long[(keeps.length + 63) >>> 6];
        for (int word = 0; word < words.length; word++) {
            words[word] = word(keeps, word << 6, Math.min(keeps.length, (word << 6) + 64));
        }
        return new Mask(shape, words);
    }

    // A method of its own, here and in stray: it is compiled after some hundred calls, long before a loop would be.
    private static long word(boolean[] keeps, int from, int end) {
        long word = 0;
        for (int i = from; i < end; i++) {
            word |= keeps[i] ? 1L << i : 0;
        }
        return word;
    }

    /** The mask that keeps everything. */
    public static Mask all(Shape shape) {
        return of(shape, i -> true);
    }

    /** The mask that keeps the elements that are not zero (NaN is not zero). */
    public static Mask nonZero(Tensor tensor) {
        float[] elements = Storage.array(tensor);
        return of(tensor.shape(), i -> elements[i] != 0);
    }

    /** The shape of the tensors this mask fits. */
    public Shape shape() {
        return shape;
    }

    /** Whether element {@code i}, in row-major order, is kept. */
    public boolean keeps(int i) {
        return (words[i >>> 6] >>> i & 1) != 0;
    }

    /** How many elements are kept. */
    public int kept() {
        return kept;
    }

    /** How many elements there are. */
    public int size() {
        return shape.size();
    }

    /** Kept elements / elements; 1 for an empty tensor. */
    public double density() {
        return size() == 0 ? 1 : (double) kept / size();
    }

    /** 1 − density: the fraction of elements held at zero. */
    public double sparsity() {
        return 1 - density();
    }

    /** Keeps what both keep: how masks compose. */
    public Mask and(Mask other) {
        requireShape(other.shape);
        var both = words.clone();
        for (int i = 0; i < both.length; i++) {
            both[i] &= other.words[i];
        }
        return new Mask(shape, both);
    }

    /** Keeps what either keeps: only an explicit growth step wants this. */
    public Mask or(Mask other) {
        requireShape(other.shape);
        var either = words.clone();
        for (int i = 0; i < either.length; i++) {
            either[i] |= other.words[i];
        }
        return new Mask(shape, either);
    }

    /** What this mask keeps, as products of sparse weights need it. Computed when first asked for. */
    public SparsityStructure pattern() {
        var made = pattern;
        if (made == null) {
            made = SparsityStructure.of(shape, words);
            pattern = made;
        }
        return made;
    }

    /**
     * The tensor, untracked, with +0 wherever this mask does not keep the element; shares storage if nothing
     * changes.
     */
    public Tensor applyTo(Tensor tensor) {
        requireShape(tensor.shape());
        var made = pattern;
        if (made != null && made.holds(tensor) || holds(Storage.array(tensor))) {
            return tensor.detach();
        }
        float[] elements = tensor.toArray();
        applyTo(elements);
        return Storage.adopt(shape, elements);
    }

    /** Writes +0 wherever this mask does not keep the element. */
    public void applyTo(float[] elements) {
        requireCount(shape, elements.length);
        for (int i = 0; i < elements.length; i++) {
            elements[i] = Float.intBitsToFloat(Float.floatToRawIntBits(elements[i]) & ~dropped(words[i >>> 6], i));
        }
    }

    /**
     * Whether all that this mask does not keep is +0 already, as after every optimizer step: no copy is needed then.
     */
    private boolean holds(float[] elements) {
        int stray = 0;
        for (int word = 0; word < words.length; word++) {
            stray |= stray(words[word], elements, word << 6, Math.min(elements.length, (word << 6) + 64));
        }
        return stray == 0;
    }

    private static int stray(long kept, float[] elements, int from, int end) {
        int stray = 0;
        for (int i = from; i < end; i++) {
            stray |= Float.floatToRawIntBits(elements[i]) & dropped(kept, i);
        }
        return stray;
    }

    /**
     * All bits 1 where an element is not kept, else 0: selects without a branch, which random masks would
     * mispredict.
     */
    private static int dropped(long kept, int i) {
        return (int) (kept >>> i & 1) - 1;
    }

    /** The bits, 64 to a word, element 0 in the lowest bit of word 0; unused bits are 0. A copy. */
    public long[] words() {
        return words.clone();
    }

    private static void requireCount(Shape shape, int elements) {
        if (elements != shape.size()) {
            throw new ShapeException("mask: " + elements + " elements do not fit a mask of shape " + shape);
        }
    }

    private void requireShape(Shape other) {
        if (!shape.equals(other)) {
            throw new ShapeException("mask: a mask of shape " + shape + " does not fit " + other);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask && shape.equals(mask.shape) && Arrays.equals(words, mask.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words) * 31 + shape.hashCode();
    }

    /** For example {@code Mask[300, 784] keeps 23520 of 235200}. */
    @Override
    public String toString() {
        return "Mask" + shape + " keeps " + kept + " of " + size();
    }
}
