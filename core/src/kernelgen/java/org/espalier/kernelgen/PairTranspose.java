package org.espalier.kernelgen;

import java.util.function.IntFunction;

/**
 * Transposition of strips of 8 or 4 rows without permutations, two columns at a time. Row r is loaded so far to the
 * left that its two elements stand in lanes r and r + 1 rounded down to even; blends put the even rows together and the
 * odd ones, and shifts of pairs by one element, with a blend each, make two columns of them.
 */
final class PairTranspose {
    private PairTranspose() {}

    static String source() {
        var code = Code.file("""
                import java.lang.foreign.MemorySegment;
                import java.nio.ByteOrder;
                import jdk.incubator.vector.FloatVector;
                import jdk.incubator.vector.VectorMask;
                import jdk.incubator.vector.VectorOperators;
                import jdk.incubator.vector.VectorSpecies;
                """, """
                /**
                 * Transposition of strips of as many rows as a vector of 8 or 4 lanes has, two columns at a time, by loads at an
                 * offset, blends and shifts. Where the number of columns is odd, the last two are done once more by themselves: the
                 * indices of the loop are sums of its variable, so the compiler takes their checks out of it.
                 */
                """, "final class VectorTransposeNarrow");
        code.lines("""
                private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
                private static final int L = S.length();
                private static final ByteOrder ORDER = ByteOrder.nativeOrder();
                """);
        code.line("").line("private VectorTransposeNarrow() {}");
        for (int rows : new int[] {8, 4}) {
            arrays(code, rows);
            in(code, rows);
            out(code, rows);
        }
        dispatch(code, "strip", "int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy",
                "From arrays to arrays: {@code y[yo + c * ldy + r] = x[xo + r * ldx + c]}, at least two columns.");
        dispatch(code, "in", "int cols, float[] x, int xo, int ldx, long at, long line",
                "From an array to the inputs of {@link OffHeapScratch}: column c goes to byte {@code at + c * line}.");
        dispatch(code, "out", "int cols, long at, long line, float[] bias, int bo, float floor, float[] y, int yo, "
                + "int ldy",
                "From the sums of {@link OffHeapScratch}, row r at byte {@code at + r * line}, to "
                        + "{@code y[yo + c * ldy + r]} = max(sum + bias, floor).");
        return code.line("}").toString();
    }

    private static void dispatch(Code code, String name, String parameters, String comment) {
        code.line("").line("/**").lines(wrapped(comment)).line(" */");
        code.line("static void %s(%s) {", name, parameters);
        String arguments = parameters.replaceAll("(int|long|float\\[\\]|float) ", "").replaceFirst("cols, ", "");
        code.line("if (L == 8) {");
        twice(code, name + "8", arguments);
        code.line("} else {");
        twice(code, name + "4", arguments);
        code.line("}").line("}");
    }

    private static void twice(Code code, String name, String arguments) {
        code.line("%s(0, cols & -2, %s);", name, arguments);
        code.line("if ((cols & 1) != 0) {").line("%s(cols - 2, cols, %s);", name, arguments).line("}");
    }

    private static String wrapped(String comment) {
        var text = new StringBuilder();
        var line = new StringBuilder(" *");
        for (String word : comment.split(" ")) {
            if (line.length() + word.length() > 110) {
                text.append(line).append('\n');
                line = new StringBuilder(" *");
            }
            line.append(' ').append(word);
        }
        return " * " + text.append(line).substring(3);
    }

    static void masks(Code code, int rows) {
        for (int pair = 1; pair < rows / 2; pair++) {
            code.line("VectorMask<Float> m%d = VectorMask.fromLong(S, 0b11L << %d);", pair, 2 * pair);
        }
        code.line("VectorMask<Float> odd = VectorMask.fromLong(S, 0b10101010);");
    }

    /** Loads and blends: e has the pairs of the even rows, o those of the odd ones; then the two columns. */
    static void columns(Code code, int rows, String suffix, IntFunction<String> load) {
        for (int parity = 0; parity < 2; parity++) {
            String sum = (parity == 0 ? "e" : "o") + suffix;
            code.line("FloatVector %s = %s;", sum, load.apply(parity));
            for (int pair = 1; pair < rows / 2; pair++) {
                code.line("%s = %s.blend(%s, m%d);", sum, sum, load.apply(2 * pair + parity), pair);
            }
        }
        code.line("FloatVector even%s = e%s.blend(o%s.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32)"
                + ".reinterpretAsFloats(), odd);", suffix, suffix, suffix);
        code.line("FloatVector odds%s = e%s.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32)"
                + ".reinterpretAsFloats().blend(o%s, odd);", suffix, suffix, suffix);
    }

    private static String minus(int row) {
        return row < 2 ? "" : " - " + row / 2 * 2;
    }

    private static String plus(int row, String step) {
        return row == 0 ? "" : row == 1 ? " + " + step : " + " + row + " * " + step;
    }

    private static void arrays(Code code, int rows) {
        code.line("").line(
                "private static void strip%d(int first, int end, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {",
                rows);
        starts(code, rows);
        masks(code, rows);
        code.line("for (int c = first; c < end; c += 2) {");
        columns(code, rows, "", r -> "FloatVector.fromArray(S, x, " + (r == 0 ? "xo" : "x" + r) + " + c)");
        code.line("even.intoArray(y, yo + c * ldy);").line("odds.intoArray(y, yo + c * ldy + ldy);");
        code.line("}").line("}");
    }

    private static void starts(Code code, int rows) {
        for (int r = 1; r < rows; r++) {
            code.line("int x%d = xo%s%s;", r, plus(r, "ldx"), minus(r));
        }
    }

    private static void in(Code code, int rows) {
        code.line("").line(
                "private static void in%d(int first, int end, float[] x, int xo, int ldx, long at, long line) {",
                rows);
        code.line("MemorySegment inputs = OffHeapScratch.INPUTS;");
        code.line("long last = OffHeapScratch.INPUT_BYTES - 1;");
        starts(code, rows);
        masks(code, rows);
        code.line("for (int c = first; c < end; c += 2) {");
        columns(code, rows, "", r -> "FloatVector.fromArray(S, x, " + (r == 0 ? "xo" : "x" + r) + " + c)");
        code.line("long to = at + c * line;");
        code.line("even.intoMemorySegment(inputs, to & last, ORDER);");
        code.line("odds.intoMemorySegment(inputs, to + line & last, ORDER);");
        code.line("}").line("}");
    }

    private static void out(Code code, int rows) {
        code.line("").line(
                "private static void out%d(int first, int end, long at, long line, float[] bias, int bo, float floor, "
                        + "float[] y, int yo, int ldy) {",
                rows);
        code.line("MemorySegment sums = OffHeapScratch.SUMS;").line("long last = OffHeapScratch.SUM_BYTES - 1;");
        masks(code, rows);
        code.line("// adding -0 changes nothing");
        code.line("FloatVector b = bias == null ? FloatVector.broadcast(S, -0f) : FloatVector.fromArray(S, bias, bo);");
        code.line("for (int c = first; c < end; c += 2) {");
        code.line("long from = at + c * 4L;");
        columns(code, rows, "", r -> "FloatVector.fromMemorySegment(S, sums, from" + plus(r, "line")
                + (r < 2 ? "" : " - " + r / 2 * 8) + " & last, ORDER)");
        code.line("even.add(b).max(floor).intoArray(y, yo + c * ldy);");
        code.line("odds.add(b).max(floor).intoArray(y, yo + c * ldy + ldy);");
        code.line("}").line("}");
    }
}
