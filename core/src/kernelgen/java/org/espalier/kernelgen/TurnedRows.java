package org.espalier.kernelgen;

import java.util.List;

/**
 * Sixteen rows of a matrix times a vector: columns are made in registers ({@link Columns}) and used there, without being
 * stored.
 */
final class TurnedRows {
    private static final int ROWS = 16;
    private static final String PARAMETERS =
            "int end, float[] a, int ao, float[] w, int wo, int ldw, float[] sums, int so";

    private TurnedRows() {}

    static String source() {
        var code = Code.file("""
                import jdk.incubator.vector.FloatVector;
                import jdk.incubator.vector.VectorMask;
                import jdk.incubator.vector.VectorOperators;
                import jdk.incubator.vector.VectorShuffle;
                import jdk.incubator.vector.VectorSpecies;
                """, "/** Rows of a matrix times a vector, for vectors of 16, 8 or 4 lanes; see {@link VectorRow}. */",
                "final class VectorTurnedRows");
        code.line("/** Rows that are computed together. */").line("static final int ROWS = %d;", ROWS).lines("""

                /** Columns that are computed together. */
                static final int COLUMNS = 4;

                private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
                private static final int L = S.length();
                """);
        code.line(Columns.SWAP);
        code.line("").line("private VectorTurnedRows() {}");
        code.line("").lines("""
                /** sums[r] += row r of w times a, in ascending order; the number of columns is a multiple of four. */
                """);
        code.line("static void add(%s) {", PARAMETERS);
        String arguments = PARAMETERS.replaceAll("(int|float\\[\\]) ", "");
        code.line("if (L == 16) {").line("lanes16(%s);", arguments).line("} else if (L == 8) {");
        code.line("lanes8(%s, -1);", arguments).line("} else {").line("lanes4(%s);", arguments).line("}").line("}");
        for (int lanes : new int[] {16, 8, 4}) {
            rows(code, lanes);
        }
        return code.line("}").toString();
    }

    private static void begin(Code code, int lanes) {
        code.line("").line("private static void lanes%d(%s%s) {", lanes, PARAMETERS, lanes == 8 ? ", int stop" : "");
        for (int r = 1; r < ROWS; r++) {
            int left = Columns.left(lanes, r % lanes);
            code.line("int x%d = wo + %sldw%s;", r, r == 1 ? "" : r + " * ", left == 0 ? "" : " - " + left);
        }
        for (int s = 0; s < ROWS / lanes; s++) {
            code.line("FloatVector c%d = FloatVector.fromArray(S, sums, so%s);", s,
                    Code.plus(s, "L"));
        }
    }

    private static void end(Code code, int lanes) {
        code.line("}");
        for (int s = 0; s < ROWS / lanes; s++) {
            code.line("c%d.intoArray(sums, so%s);", s, Code.plus(s, "L"));
        }
        code.line("}");
    }

    private static String load(int row) {
        return "FloatVector.fromArray(S, w, " + (row == 0 ? "wo" : "x" + row) + " + c)";
    }

    private static void rows(Code code, int lanes) {
        begin(code, lanes);
        Columns.masks(code, lanes);
        code.line("for (int c = 0; c < end; c += %d) {", Columns.together(lanes));
        for (int s = 0; s < ROWS / lanes; s++) {
            if (s > 0 && lanes == 8) {
                // Never so. Between two branches the compiler moves no loads; without them it loads all rows at the
                // beginning, more than there are registers.
                code.line("if (c == stop) {").line("break;").line("}");
            }
            int first = lanes * s;
            List<String> columns = Columns.of(code, lanes, "_" + s, r -> load(first + r));
            for (int c = 0; c < columns.size(); c++) {
                code.line("c%d = FloatVector.broadcast(S, a[ao + c%s]).fma(%s, c%d);", s, c == 0 ? "" : " + " + c,
                        columns.get(c), s);
            }
        }
        end(code, lanes);
    }
}
