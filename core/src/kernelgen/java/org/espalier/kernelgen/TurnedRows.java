package org.espalier.kernelgen;

/**
 * Sixteen rows of a matrix times a vector: columns are made in registers and used there, without being stored. Four
 * lanes are turned as {@link PairTranspose} does it. For eight and sixteen, the rows four further down are loaded four
 * columns to the left and blended, then halves of 64 bits change places, then pairs of elements: half as many loads,
 * which is what bounds the other form.
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
                /** Puts the halves of 64 bits of each 128 in each other's place. */
                private static final VectorShuffle<Float> SWAP = VectorShuffle.fromOp(S, lane -> lane ^ 2);
                """);
        code.line("").line("private VectorTurnedRows() {}");
        code.line("").lines("""
                /** sums[r] += row r of w times a, in ascending order; the number of columns is a multiple of four. */
                """);
        code.line("static void add(%s) {", PARAMETERS);
        String arguments = PARAMETERS.replaceAll("(int|float\\[\\]) ", "");
        code.line("if (L == 16) {").line("lanes16(%s);", arguments).line("} else if (L == 8) {");
        code.line("lanes8(%s, -1);", arguments).line("} else {").line("lanes4(%s);", arguments).line("}").line("}");
        wide(code, 16);
        wide(code, 8);
        four(code);
        return code.line("}").toString();
    }

    private static void begin(Code code, int lanes) {
        code.line("").line("private static void lanes%d(%s%s) {", lanes, PARAMETERS, lanes == 8 ? ", int stop" : "");
        for (int r = 1; r < ROWS; r++) {
            int left = lanes == 4 ? r % 4 / 2 * 2 : r % lanes / 4 * 4;
            code.line("int x%d = wo + %sldw%s;", r, r == 1 ? "" : r + " * ", left == 0 ? "" : " - " + left);
        }
        for (int s = 0; s < ROWS / lanes; s++) {
            code.line("FloatVector c%d = FloatVector.fromArray(S, sums, so%s);", s,
                    s == 0 ? "" : s == 1 ? " + L" : " + " + s + " * L");
        }
    }

    private static void end(Code code, int lanes) {
        code.line("}");
        for (int s = 0; s < ROWS / lanes; s++) {
            code.line("c%d.intoArray(sums, so%s);", s, s == 0 ? "" : s == 1 ? " + L" : " + " + s + " * L");
        }
        code.line("}");
    }

    private static String load(int row) {
        return "FloatVector.fromArray(S, w, " + (row == 0 ? "wo" : "x" + row) + " + c)";
    }

    /** The bits of a mask of lanes that repeat after each {@code pattern.length()}. */
    private static String mask(String pattern, int lanes) {
        return "0b" + pattern.repeat(lanes / pattern.length());
    }

    private static void wide(Code code, int lanes) {
        begin(code, lanes);
        for (int quarter = 1; quarter < lanes / 4; quarter++) {
            code.line("VectorMask<Float> q%d = VectorMask.fromLong(S, 0b1111L << %d);", quarter, 4 * quarter);
        }
        code.line("VectorMask<Float> m2 = VectorMask.fromLong(S, %s);", mask("1100", lanes));
        code.line("VectorMask<Float> m1 = VectorMask.fromLong(S, %s);", mask("10", lanes));
        code.line("for (int c = 0; c < end; c += 4) {");
        for (int s = 0; s < ROWS / lanes; s++) {
            if (s > 0) {
                // Never so. Between two branches the compiler moves no loads; without them it loads all rows at the
                // beginning, more than there are registers.
                code.line("if (c == stop) {").line("break;").line("}");
            }
            for (int r = 0; r < 4; r++) {
                var row = new StringBuilder(load(lanes * s + r));
                for (int quarter = 1; quarter < lanes / 4; quarter++) {
                    row.append(".blend(").append(load(lanes * s + r + 4 * quarter)).append(", q").append(quarter)
                            .append(')');
                }
                code.line("FloatVector r%d%d = %s;", s, r, row);
            }
            for (int r = 0; r < 2; r++) {
                code.line("FloatVector p%d%d = r%d%d.blend(r%d%d.rearrange(SWAP), m2);", s, r, s, r, s, r + 2);
                code.line("FloatVector p%d%d = r%d%d.rearrange(SWAP).blend(r%d%d, m2);", s, r + 2, s, r, s, r + 2);
            }
            for (int r = 0; r < 4; r += 2) {
                code.line("c%d = FloatVector.broadcast(S, a[ao + c%s])", s, r == 0 ? "" : " + " + r);
                code.line("        .fma(p%d%d.blend(p%d%d.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 32)", s,
                        r, s, r + 1);
                code.line("                .reinterpretAsFloats(), m1), c%d);", s);
                code.line("c%d = FloatVector.broadcast(S, a[ao + c + %d])", s, r + 1);
                code.line("        .fma(p%d%d.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 32)", s, r);
                code.line("                .reinterpretAsFloats().blend(p%d%d, m1), c%d);", s, r + 1, s);
            }
        }
        end(code, lanes);
    }

    private static void four(Code code) {
        begin(code, 4);
        PairTranspose.masks(code, 4);
        code.line("for (int c = 0; c < end; c += 2) {");
        code.line("FloatVector a0 = FloatVector.broadcast(S, a[ao + c]);");
        code.line("FloatVector a1 = FloatVector.broadcast(S, a[ao + c + 1]);");
        for (int s = 0; s < ROWS / 4; s++) {
            int first = 4 * s;
            PairTranspose.columns(code, 4, "" + s, r -> load(first + r));
            code.line("c%d = a0.fma(even%d, c%d);", s, s, s);
            code.line("c%d = a1.fma(odds%d, c%d);", s, s, s);
        }
        end(code, 4);
    }
}
