package org.espalier.kernelgen;

import java.util.List;

/** Transposition of strips of 8 or 4 rows; see {@link Columns}. */
final class NarrowTranspose {
    private NarrowTranspose() {}

    static String source() {
        var code = Code.file("""
                import java.lang.foreign.MemorySegment;
                import java.nio.ByteOrder;
                import jdk.incubator.vector.FloatVector;
                import jdk.incubator.vector.VectorMask;
                import jdk.incubator.vector.VectorOperators;
                import jdk.incubator.vector.VectorShuffle;
                import jdk.incubator.vector.VectorSpecies;
                """, """
                /**
                 * Transposition of strips of as many rows as a vector of 8 or 4 lanes has, some columns at a time. Where the number
                 * of columns is no multiple of them, the last are done once more by themselves: the indices of the loop are sums of
                 * its variable, so the compiler takes their checks out of it.
                 */
                """, "final class VectorTransposeNarrow");
        code.lines("""
                private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
                private static final int L = S.length();
                private static final ByteOrder ORDER = ByteOrder.nativeOrder();
                """);
        code.line("").line("/** Columns that are made together: there must be as many at least. */");
        code.line("static final int COLUMNS = L == 8 ? %d : %d;", Columns.together(8), Columns.together(4));
        code.line("").line(Columns.SWAP);
        code.line("").line("private VectorTransposeNarrow() {}");
        for (int rows : new int[] {8, 4}) {
            arrays(code, rows);
            in(code, rows);
            out(code, rows);
        }
        dispatch(code, "strip", "int cols, float[] x, int xo, int ldx, float[] y, int yo, int ldy",
                "From arrays to arrays: {@code y[yo + c * ldy + r] = x[xo + r * ldx + c]}.");
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
        twice(code, name, 8, arguments);
        code.line("} else {");
        twice(code, name, 4, arguments);
        code.line("}").line("}");
    }

    private static void twice(Code code, String name, int rows, String arguments) {
        int together = Columns.together(rows);
        code.line("%s%d(0, cols & -%d, %s);", name, rows, together, arguments);
        code.line("if (cols %% %d != 0) {", together);
        code.line("%s%d(cols - %d, cols, %s);", name, rows, together, arguments).line("}");
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

    private static void arrays(Code code, int rows) {
        code.line("").line(
                "private static void strip%d(int first, int end, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {",
                rows);
        starts(code, rows);
        Columns.masks(code, rows);
        loop(code, rows);
        List<String> columns = Columns.of(code, rows, "", NarrowTranspose::row);
        for (int c = 0; c < columns.size(); c++) {
            code.line("%s.intoArray(y, yo + c * ldy%s);", columns.get(c), Code.plus(c, "ldy"));
        }
        code.line("}").line("}");
    }

    private static void loop(Code code, int rows) {
        code.line("for (int c = first; c < end; c += %d) {", Columns.together(rows));
    }

    private static String row(int r) {
        return "FloatVector.fromArray(S, x, " + (r == 0 ? "xo" : "x" + r) + " + c)";
    }

    private static void starts(Code code, int rows) {
        for (int r = 1; r < rows; r++) {
            int left = Columns.left(rows, r);
            code.line("int x%d = xo%s%s;", r, Code.plus(r, "ldx"), left == 0 ? "" : " - " + left);
        }
    }

    private static void in(Code code, int rows) {
        code.line("").line(
                "private static void in%d(int first, int end, float[] x, int xo, int ldx, long at, long line) {",
                rows);
        code.line("MemorySegment inputs = OffHeapScratch.INPUTS;");
        code.line("long last = OffHeapScratch.INPUT_BYTES - 1;");
        starts(code, rows);
        Columns.masks(code, rows);
        loop(code, rows);
        List<String> columns = Columns.of(code, rows, "", NarrowTranspose::row);
        code.line("long to = at + c * line;");
        for (int c = 0; c < columns.size(); c++) {
            code.line("%s.intoMemorySegment(inputs, to%s & last, ORDER);", columns.get(c), Code.plus(c, "line"));
        }
        code.line("}").line("}");
    }

    private static void out(Code code, int rows) {
        code.line("").line(
                "private static void out%d(int first, int end, long at, long line, float[] bias, int bo, float floor, "
                        + "float[] y, int yo, int ldy) {",
                rows);
        code.line("MemorySegment sums = OffHeapScratch.SUMS;").line("long last = OffHeapScratch.SUM_BYTES - 1;");
        Columns.masks(code, rows);
        code.line("// adding -0 changes nothing");
        code.line("FloatVector b = bias == null ? FloatVector.broadcast(S, -0f) : FloatVector.fromArray(S, bias, bo);");
        loop(code, rows);
        code.line("long from = at + c * 4L;");
        List<String> columns = Columns.of(code, rows, "", r -> {
            int left = 4 * Columns.left(rows, r);
            return "FloatVector.fromMemorySegment(S, sums, from" + Code.plus(r, "line")
                    + (left == 0 ? "" : " - " + left)
                    + " & last, ORDER)";
        });
        for (int c = 0; c < columns.size(); c++) {
            code.line("%s.add(b).max(floor).intoArray(y, yo + c * ldy%s);", columns.get(c), Code.plus(c, "ldy"));
        }
        code.line("}").line("}");
    }
}
