package org.espalier.kernelgen;

/** Tiles that start from zero, one loop down a panel; the last vector of a row whole or under a mask. */
final class Stacks {
    private static final String PARAMETERS = "int kc, float[] a, int ao, int rowStep, int kStep, float[] b, int bo, "
            + "int ldb, float[] c, int co, int ldc";

    private final Registers registers;
    private final Code code;

    private Stacks(Registers registers) {
        this.registers = registers;
        this.code = Code.file(
                "import jdk.incubator.vector.FloatVector;\nimport jdk.incubator.vector.VectorMask;\n"
                        + "import jdk.incubator.vector.VectorSpecies;",
                "/** Tiles that start from zero, one loop down a panel; see {@link VectorStack512}. */",
                "final class VectorStackTiles512");
        code.line("private static final VectorSpecies<Float> S = FloatVector.SPECIES_512;").line("");
        code.line("private VectorStackTiles512() {}");
    }

    static Stacks of(Registers registers) {
        return new Stacks(registers);
    }

    Stacks whole(int rows, int vectors) {
        return stack(rows, vectors, false);
    }

    /** The last vector under a mask. */
    Stacks part(int rows, int vectors) {
        return stack(rows, vectors, true);
    }

    String source() {
        return code.line("}").toString();
    }

    private static String plus(String base, int factor, String step) {
        return factor == 0 ? base : base + " + " + (factor == 1 ? step : factor + " * " + step);
    }

    private Stacks stack(int rows, int vectors, boolean part) {
        registers.check(rows, vectors);
        code.line("");
        if (part) {
            code.line("/** %s columns. */", vectors == 1 ? "Up to 16" : "17 to 31");
        } else {
            code.line("/** %d columns. */", 16 * vectors);
        }
        code.line("static void %s%dx%d(int m, %s%s) {", part ? "part" : "tiles", rows, vectors,
                part ? "int columns, " : "", PARAMETERS);
        if (part) {
            code.line("VectorMask<Float> part = S.indexInRange(%d, columns);", 16 * (vectors - 1));
        }
        code.line("for (int row = 0; row + %d <= m; row += %d) {", rows, rows);
        code.line("int a0 = ao + row * rowStep;");
        for (int i = 1; i < rows; i++) {
            code.line("int a%d = %s;", i, plus("a0", i, "rowStep"));
        }
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < vectors; j++) {
                code.line("FloatVector c%d%d = FloatVector.zero(S);", i, j);
            }
        }
        code.line("for (int p = 0; p < kc; p++) {");
        for (int j = 0; j < vectors; j++) {
            String mask = part && j == vectors - 1 ? ", part" : "";
            code.line("FloatVector b%d = FloatVector.fromArray(S, b, bo + p * ldb%s%s);", j,
                    j == 0 ? "" : " + " + 16 * j, mask);
        }
        for (int i = 0; i < rows; i++) {
            code.line("%sx = FloatVector.broadcast(S, a[a%d + p * kStep]);", i == 0 ? "FloatVector " : "", i);
            for (int j = 0; j < vectors; j++) {
                code.line("c%d%d = x.fma(b%d, c%d%d);", i, j, j, i, j);
            }
        }
        code.line("}").line("int to = co + row * ldc;");
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < vectors; j++) {
                String mask = part && j == vectors - 1 ? ", part" : "";
                code.line("c%d%d.intoArray(c, %s%s%s);", i, j, plus("to", i, "ldc"), j == 0 ? "" : " + " + 16 * j,
                        mask);
            }
        }
        code.line("}").line("}");
        return this;
    }
}
