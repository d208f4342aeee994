package org.espalier.prune.sparsity;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.espalier.nn.Mask;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;

/**
 * A weight divided into units, as a {@link SparsityPattern} asks and an earlier mask allows. An immutable value.
 *
 * <p>An element belongs to one unit or to none: to none if the pattern leaves it out (a dense tail) or if an earlier
 * mask has removed it. A unit without elements is removed already. Units are numbered along the row-major order of the
 * weight; pools, within which units compete, are ranges of those numbers.
 */
public final class Units {
    /** The unit of an element that belongs to none. */
    public static final int NONE = -1;

    private final SparsityPattern pattern;
    private final Shape shape;
    private final Optional<Mask> mask;
    private final int[] unitOf;
    private final int[] sizes;
    private final int[] poolStarts;

    private Units(
            SparsityPattern pattern, Shape shape, Optional<Mask> mask, int[] poolStarts, IntUnaryOperator unitOf) {
        this.pattern = pattern;
        this.shape = shape;
        this.mask = mask;
        this.poolStarts = poolStarts;
        this.unitOf = new int[shape.size()];
        this.sizes = new int[poolStarts[poolStarts.length - 1]];
        for (int element = 0; element < this.unitOf.length; element++) {
            boolean alive = mask.isEmpty() || mask.get().keeps(element);
            int unit = alive ? unitOf.applyAsInt(element) : NONE;
            this.unitOf[element] = unit;
            if (unit != NONE) {
                sizes[unit]++;
            }
        }
    }

    static Units of(SparsityPattern pattern, Shape shape, Optional<Mask> mask, int count, IntUnaryOperator unitOf) {
        return new Units(pattern, shape, mask, new int[] {0, count}, unitOf);
    }

    static Units pooled(
            SparsityPattern pattern, Shape shape, Optional<Mask> mask, int[] poolStarts, IntUnaryOperator unitOf) {
        return new Units(pattern, shape, mask, poolStarts, unitOf);
    }

    /** The number of columns, after a check that there are rows and columns. */
    static int requireMatrix(SparsityPattern pattern, Shape weight) {
        if (weight.rank() != 2) {
            throw new ShapeException(pattern.text() + ": needs a weight [out, in], not " + weight);
        }
        return weight.dim(1);
    }

    /** The pattern that made them. */
    public SparsityPattern pattern() {
        return pattern;
    }

    /** The shape of the weight. */
    public Shape shape() {
        return shape;
    }

    /** How many units there are, removed ones included. */
    public int count() {
        return sizes.length;
    }

    /** The unit of an element, or {@link #NONE}. */
    public int of(int element) {
        return unitOf[element];
    }

    /** How many elements of a unit are left. */
    public int size(int unit) {
        return sizes[unit];
    }

    /** Whether an earlier mask has removed the unit. */
    public boolean isRemoved(int unit) {
        return sizes[unit] == 0;
    }

    /** How many units an earlier mask has removed, from unit {@code from} until before {@code to}. */
    public int removed(int from, int to) {
        int removed = 0;
        for (int unit = from; unit < to; unit++) {
            removed += sizes[unit] == 0 ? 1 : 0;
        }
        return removed;
    }

    /** How many units an earlier mask has removed. */
    public int removed() {
        return removed(0, count());
    }

    /** How many pools there are: one, unless the pattern says otherwise. */
    public int pools() {
        return poolStarts.length - 1;
    }

    /** The first unit of a pool; of pool {@link #pools()}, the number of units. */
    public int poolStart(int pool) {
        return poolStarts[pool];
    }

    /**
     * The sum over each unit's elements that are left, in double precision and in the order of the elements.
     *
     * @param contributions one number for every element of the weight
     */
    public double[] sum(double[] contributions) {
        if (contributions.length != unitOf.length) {
            throw new ShapeException(contributions.length + " contributions do not fit a weight of shape " + shape);
        }
        var sums = new double[count()];
        for (int element = 0; element < unitOf.length; element++) {
            if (unitOf[element] != NONE) {
                sums[unitOf[element]] += contributions[element];
            }
        }
        return sums;
    }

    /** The weight's mask if these units are kept: never more than the earlier mask keeps. */
    public Mask mask(IntPredicate keeps) {
        return Mask.of(shape, element -> unitOf[element] == NONE
                ? mask.isEmpty() || mask.get().keeps(element)
                : keeps.test(unitOf[element]));
    }

    /** For example {@code 300 neurons of [300, 784], 12 removed}. */
    @Override
    public String toString() {
        return count() + " " + pattern.text() + " of " + shape + ", " + Arrays.stream(sizes).filter(n -> n == 0).count()
                + " removed";
    }
}
