package org.espalier.kernelgen;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Columns of as many rows as a vector has lanes, made in registers. With 4 lanes, two columns at a time, without
 * permutations: row r is loaded so far to the left that its two elements stand in lanes r and r + 1 rounded down to
 * even; blends put the even rows together and the odd ones, and shifts of pairs by one element, with a blend each, make
 * two columns of them. With 8 or 16 lanes, four columns: the rows four further down are loaded four columns to the left
 * and blended, halves of 64 bits change places, then elements as before. That takes half as many loads, which are what
 * bounds the other form.
 */
final class Columns {
    /** What source that makes four columns needs: SWAP puts the halves of 64 bits of each 128 in each other's place. */
    static final String SWAP =
            "private static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(S, lane -> lane ^ 2);";

    private Columns() {}

    /** How many columns are made together. */
    static int together(int lanes) {
        return lanes == 4 ? 2 : 4;
    }

    /** How many columns before the first of them the load of a row begins. */
    static int left(int lanes, int row) {
        return row / together(lanes) * together(lanes);
    }

    /** Declares the masks; outside the loop. */
    static void masks(Code code, int lanes) {
        int together = together(lanes);
        for (int part = 1; part < lanes / together; part++) {
            code.line("VectorMask<Float> part%d = VectorMask.fromLong(S, 0b%sL << %d);", part, "1".repeat(together),
                    part * together);
        }
        if (together == 4) {
            code.line("VectorMask<Float> pairs = VectorMask.fromLong(S, 0b%s);", "1100".repeat(lanes / 4));
        }
        code.line("VectorMask<Float> odd = VectorMask.fromLong(S, 0b%s);", "10".repeat(lanes / 2));
    }

    /**
     * Writes what makes the columns.
     *
     * @param suffix of the names that are declared
     * @param load of a row, at the place that {@link #left} tells
     * @return the expression of each column
     */
    static List<String> of(Code code, int lanes, String suffix, IntFunction<String> load) {
        int together = together(lanes);
        for (int row = 0; row < together; row++) {
            code.line("FloatVector r%d%s = %s;", row, suffix, load.apply(row));
            for (int part = 1; part < lanes / together; part++) {
                code.line("r%d%s = r%d%s.blend(%s, part%d);", row, suffix, row, suffix,
                        load.apply(part * together + row), part);
            }
        }
        if (together == 2) {
            return pair("r0" + suffix, "r1" + suffix);
        }
        for (int row = 0; row < 2; row++) {
            code.line("FloatVector p%d%s = r%d%s.blend(r%d%s.rearrange(SWAP), pairs);", row, suffix, row, suffix,
                    row + 2, suffix);
            code.line("FloatVector p%d%s = r%d%s.rearrange(SWAP).blend(r%d%s, pairs);", row + 2, suffix, row, suffix,
                    row + 2, suffix);
        }
        var columns = new ArrayList<>(pair("p0" + suffix, "p1" + suffix));
        columns.addAll(pair("p2" + suffix, "p3" + suffix));
        return columns;
    }

    /** Two columns of vectors that have pairs of the even rows and of the odd ones. */
    private static List<String> pair(String even, String odd) {
        return List.of(
                even + ".blend(" + odd
                        + ".reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32).reinterpretAsFloats(), odd)",
                even + ".reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32).reinterpretAsFloats().blend(" + odd
                        + ", odd)");
    }
}
