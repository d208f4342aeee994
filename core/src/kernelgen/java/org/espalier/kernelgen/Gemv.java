package org.espalier.kernelgen;

/**
 * One row of A times several panels of B at once, so that eight chains of multiply-adds are independent: one chain
 * would wait four or five cycles for each of its steps.
 */
final class Gemv {
    private static final int CHAINS = 8;

    private Gemv() {}

    static String source() {
        var code = Code.file("import jdk.incubator.vector.FloatVector;\nimport jdk.incubator.vector.VectorSpecies;",
                "/** One row times several packed panels at once, eight independent chains; starts from zero. */",
                "final class VectorGemv");
        code.line("private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;");
        code.line("private static final int L = S.length();");
        code.line("").line("private VectorGemv() {}");
        for (int vectors : new int[] {1, 2, 3, 4}) {
            dense(code, vectors);
        }
        for (int vectors : new int[] {1, 2, 3, 4}) {
            nonzeros(code, vectors);
        }
        return code.line("}").toString();
    }

    private static int panels(int vectors) {
        return vectors == 3 ? 2 : CHAINS / vectors;
    }

    private static String offset(int panel, int vector) {
        String panels = panel == 0 ? "" : " + " + (panel == 1 ? "" : panel + " * ") + "panel";
        return panels + (vector == 0 ? "" : " + " + (vector == 1 ? "" : vector + " * ") + "L");
    }

    private static void dense(Code code, int vectors) {
        int panels = panels(vectors);
        code.line("").line("/** %d panels of %d vectors, {@code panel} floats apart. */", panels, vectors);
        code.line(
                "static void panels%dx%d(int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co) {",
                panels, vectors);
        zeros(code, panels, vectors);
        code.line("for (int p = 0; p < k; p++) {");
        code.line("FloatVector x = FloatVector.broadcast(S, a[ao + p]);");
        code.line(vectors == 1 ? "int at = bo + p * L;" : "int at = bo + p * (" + vectors + " * L);");
        fma(code, panels, vectors);
        code.line("}");
        store(code, panels, vectors);
        code.line("}");
    }

    private static void nonzeros(Code code, int vectors) {
        int panels = panels(vectors);
        code.line("").line("/** The same at the elements of a row that are not zero. */");
        code.line("static void nonzeros%dx%d(int from, int to, int[] indices, float[] values, float[] b, int bo, "
                + "int panel, float[] c, int co) {", panels, vectors);
        zeros(code, panels, vectors);
        code.line("for (int p = from; p < to; p++) {");
        code.line("FloatVector x = FloatVector.broadcast(S, values[p]);");
        code.line(vectors == 1 ? "int at = bo + indices[p] * L;" : "int at = bo + indices[p] * (" + vectors + " * L);");
        fma(code, panels, vectors);
        code.line("}");
        store(code, panels, vectors);
        code.line("}");
    }

    private static void zeros(Code code, int panels, int vectors) {
        for (int i = 0; i < panels * vectors; i++) {
            code.line("FloatVector c%d = FloatVector.zero(S);", i);
        }
    }

    private static void fma(Code code, int panels, int vectors) {
        for (int i = 0; i < panels * vectors; i++) {
            code.line("c%d = x.fma(FloatVector.fromArray(S, b, at%s), c%d);", i, offset(i / vectors, i % vectors), i);
        }
    }

    private static void store(Code code, int panels, int vectors) {
        for (int i = 0; i < panels * vectors; i++) {
            code.line("c%d.intoArray(c, co%s);", i, i == 0 ? "" : i == 1 ? " + L" : " + " + i + " * L");
        }
    }
}
