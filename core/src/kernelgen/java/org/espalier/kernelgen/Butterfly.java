package org.espalier.kernelgen;

import java.util.function.IntFunction;

/**
 * Transposition of 16 x 16 blocks in registers: log2 16 = 4 rounds, in each of which two rows become two new ones by
 * two permutations that pick lanes from both.
 */
final class Butterfly {
    private static final int N = 16;

    private Butterfly() {}

    static String source() {
        var code = Code.file("""
                import java.lang.foreign.MemorySegment;
                import java.nio.ByteOrder;
                import jdk.incubator.vector.FloatVector;
                import jdk.incubator.vector.IntVector;
                import jdk.incubator.vector.VectorSpecies;
                """, """
                /**
                 * Transposition of strips of 16 rows in registers, 16 x 16 floats at a time.
                 *
                 * <p>Idea: exchange the off-diagonal halves of the block, then those of its four quarters, and so on: log2 16 = 4
                 * rounds, in each of which a pair of rows becomes a new pair by two permutations that pick lanes from both. Floats
                 * pass as ints, for which a permutation of two vectors is one instruction. Between arrays and {@link
                 * OffHeapScratch}, offsets are masked and half a block is written at a time: a loop that writes a whole one is too
                 * large for the compiler. The last block of columns is moved back to end with the row.
                 */
                """, "final class VectorTranspose512");
        code.lines("""
                static final IntVector LOW8 = lanes(8, 0);
                static final IntVector HIGH8 = lanes(8, 8);
                static final IntVector LOW4 = lanes(4, 0);
                static final IntVector HIGH4 = lanes(4, 4);
                static final IntVector LOW2 = lanes(2, 0);
                static final IntVector HIGH2 = lanes(2, 2);
                static final IntVector LOW1 = lanes(1, 0);
                static final IntVector HIGH1 = lanes(1, 1);

                private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;
                private static final VectorSpecies<Integer> I = IntVector.SPECIES_512;
                private static final ByteOrder ORDER = ByteOrder.nativeOrder();

                /** What the first round picks for the lower half of the results, then for the upper. */
                private static final int[] PICKS = new int[32];

                static {
                LOW8.intoArray(PICKS, 0);
                HIGH8.intoArray(PICKS, 16);
                }

                private VectorTranspose512() {}

                /** For rows r and r + distance: lanes without the distance bit from the first, the others from the second. */
                private static IntVector lanes(int distance, int shift) {
                int[] from = new int[16];
                for (int j = 0; j < 16; j++) {
                from[j] = (j & distance) == 0 ? j + shift : 16 + j - distance + shift;
                }
                return IntVector.fromArray(IntVector.SPECIES_512, from, 0);
                }
                """);
        strip(code);
        in(code);
        out(code);
        return code.line("}").toString();
    }

    private static void starts(Code code) {
        code.line("int last = rows - 1;");
        for (int r = 1; r < N; r++) {
            code.line("int x%d = xo + Math.min(%d, last) * ldx;", r, r);
        }
    }

    private static void load(Code code, IntFunction<String> load) {
        for (int r = 0; r < N; r++) {
            code.line("IntVector a%d = %s;", r, load.apply(r));
        }
    }

    private static String row(int r) {
        return "FloatVector.fromArray(S, x, " + (r == 0 ? "xo" : "x" + r) + " + c).reinterpretAsInts()";
    }

    /** The rounds after the first, on {@code rows} results of it, named b; they end as e. */
    private static void rounds(Code code, int rows) {
        char name = 'b';
        for (int distance = 4; distance > 0; distance /= 2, name++) {
            for (int r = 0; r < rows; r++) {
                if ((r & distance) == 0) {
                    code.line("IntVector %c%d = LOW%d.selectFrom(%c%d, %c%d);", name + 1, r, distance, name, r, name,
                            r + distance);
                    code.line("IntVector %c%d = HIGH%d.selectFrom(%c%d, %c%d);", name + 1, r + distance, distance, name,
                            r, name, r + distance);
                }
            }
        }
    }

    private static void picked(Code code) {
        for (int r = 0; r < N / 2; r++) {
            code.line("IntVector b%d = pick.selectFrom(a%d, a%d);", r, r, r + N / 2);
        }
    }

    /** All whole blocks; then, if there is a rest, the last one moved back to end with it. */
    private static void twice(Code code, String count, String... calls) {
        for (String call : calls) {
            code.line(call.formatted("0, " + count + " & -16"));
        }
        code.line("if ((%s & 15) != 0) {", count);
        for (String call : calls) {
            code.line(call.formatted(count + " - 16, " + count));
        }
        code.line("}").line("}");
    }

    private static void strip(Code code) {
        code.line("").lines("""
                /**
                 * y[c][r] = x[r][c] for {@code rows} <= 16 rows and at least 16 columns. Sixteen lanes of every row of y are
                 * written: those from {@code rows} on repeat the last row of x.
                 */
                static void strip(int rows, int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
                """.replace("<=", "≤"));
        twice(code, "cols", "blocks(rows, %s, x, xo, ldx, y, yo, ldy);");
        code.line("").line("private static void blocks(int rows, int first, int end, float[] x, int xo, int ldx, "
                + "float[] y, int yo, int ldy) {");
        starts(code);
        code.line("for (int c = first; c < end; c += 16) {").line("int to = yo + c * ldy;");
        load(code, Butterfly::row);
        for (int r = 0; r < N / 2; r++) {
            code.line("IntVector b%d = LOW8.selectFrom(a%d, a%d);", r, r, r + 8);
            code.line("IntVector b%d = HIGH8.selectFrom(a%d, a%d);", r + 8, r, r + 8);
        }
        rounds(code, N);
        for (int r = 0; r < N; r++) {
            code.line("e%d.reinterpretAsFloats().intoArray(y, to%s);", r, Code.plus(r, "ldy"));
        }
        code.line("}").line("}");
    }

    private static void in(Code code) {
        code.line("").lines("""
                /**
                 * At least 16 columns of {@code rows} <= 16 rows of x: column c goes to the 16 lanes of the inputs at byte {@code
                 * at + c * line}. Lanes from {@code rows} on repeat the last row.
                 */
                static void in(int rows, int cols, float[] x, int xo, int ldx, long at, long line) {
                """.replace("<=", "≤"));
        twice(code, "cols", "in(rows, %s, 0, x, xo, ldx, at, line);", "in(rows, %s, 8, x, xo, ldx, at, line);");
        code.line("").line("private static void in(int rows, int first, int end, int half, float[] x, int xo, "
                + "int ldx, long at, long line) {");
        code.line("MemorySegment inputs = OffHeapScratch.INPUTS;");
        code.line("long lastInput = OffHeapScratch.INPUT_BYTES - 64;");
        starts(code);
        code.line("IntVector pick = IntVector.fromArray(I, PICKS, 2 * half);");
        code.line("for (int c = first; c < end; c += 16) {");
        code.line("long to = at + (c + half) * line;");
        load(code, Butterfly::row);
        picked(code);
        rounds(code, N / 2);
        for (int r = 0; r < N / 2; r++) {
            code.line("e%d.reinterpretAsFloats().intoMemorySegment(inputs, %s & lastInput, ORDER);", r,
                    r == 0 ? "to" : "to" + Code.plus(r, "line"));
        }
        code.line("}").line("}");
    }

    private static void out(Code code) {
        code.line("").lines("""
                /**
                 * Writes max(sums + bias, floor) of 16 samples and at least 16 rows: row r, at byte {@code at + r * line} of the
                 * sums, to {@code y[yo + r]} for the first sample, the others {@code ldy} apart.
                 *
                 * @param bias for the row r, {@code bias[bo + r]}, or null
                 */
                static void out(int rows, long at, long line, float[] bias, int bo, float floor, float[] y, int yo, int ldy) {
                """);
        twice(code, "rows", "out(%s, 0, at, line, bias, bo, floor, y, yo, ldy);",
                "out(%s, 8, at, line, bias, bo, floor, y, yo, ldy);");
        code.line("").line("private static void out(int first, int end, int half, long at, long line, float[] bias, "
                + "int bo, float floor, float[] y, int yo, int ldy) {");
        code.line("MemorySegment sums = OffHeapScratch.SUMS;").line("long lastSum = OffHeapScratch.SUM_BYTES - 1;");
        code.line("IntVector pick = IntVector.fromArray(I, PICKS, 2 * half);");
        code.line("int place = yo + half * ldy;");
        code.line("for (int r = first; r < end; r += 16) {");
        code.line("long from = at + r * line;").line("int to = place + r;");
        code.line("// adding -0 changes nothing");
        code.line("FloatVector b = bias == null ? FloatVector.broadcast(S, -0f) : "
                + "FloatVector.fromArray(S, bias, bo + r);");
        load(code, r -> "IntVector.fromMemorySegment(I, sums, from" + Code.plus(r, "line") + " & lastSum, ORDER)");
        picked(code);
        rounds(code, N / 2);
        for (int r = 0; r < N / 2; r++) {
            code.line("e%d.reinterpretAsFloats().add(b).max(floor).intoArray(y, to%s);", r, Code.plus(r, "ldy"));
        }
        code.line("}").line("}");
    }
}
