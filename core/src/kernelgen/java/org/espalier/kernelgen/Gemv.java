package org.espalier.kernelgen;

/**
 * One row of A times several panels of B at once, so that up to eight chains of multiply-adds are independent: one
 * chain would wait four or five cycles for each of its steps.
 */
final class Gemv {
    private static final String DENSE = "int k, float[] a, int ao, float[] b, int bo, int panel, float[] c, int co";
    private static final String NONZEROS =
            "int from, int to, int[] indices, float[] values, float[] b, int bo, int panel, float[] c, int co";

    private final Code code = Code.file(
            "import jdk.incubator.vector.FloatVector;\nimport jdk.incubator.vector.VectorSpecies;",
            "/** One row times several packed panels at once. See {@link VectorPackedRow} and {@link VectorRow}. */",
            "final class VectorGemv");
    private final int[][] shapes;

    private Gemv(int[][] shapes) {
        this.shapes = shapes;
    }

    /** The shapes: panels, and vectors of each. */
    static String source(int[]... shapes) {
        return new Gemv(shapes).write();
    }

    private String write() {
        code.line("private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;");
        code.line("private static final int L = S.length();");
        code.line("").line("private VectorGemv() {}");
        dispatch("dense", DENSE, "All elements of the row, from zero; panels are {@code panel} floats apart.");
        dispatch("more", DENSE, "The same, from what is in c.");
        dispatch("nonzeros", NONZEROS, "The elements of the row that are not zero, from zero.");
        for (int[] shape : shapes) {
            chains("dense", DENSE, shape[0], shape[1]);
            chains("more", DENSE, shape[0], shape[1]);
            chains("nonzeros", NONZEROS, shape[0], shape[1]);
        }
        return code.line("}").toString();
    }

    private void dispatch(String name, String parameters, String comment) {
        code.line("").line("/** %s */", comment);
        code.line("static void %s(int panels, int vectors, %s) {", name, parameters);
        code.line("switch (16 * panels + vectors) {");
        for (int[] shape : shapes) {
            code.line("case %d -> %s%dx%d(%s);", 16 * shape[0] + shape[1], name, shape[0], shape[1],
                    parameters.replaceAll("(int|float)(\\[\\])? ", ""));
        }
        code.line("default -> throw new IllegalArgumentException(panels + \" panels of \" + vectors);");
        code.line("}").line("}");
    }

    private void chains(String name, String parameters, int panels, int vectors) {
        boolean dense = !name.equals("nonzeros");
        String width = vectors == 1 ? "L" : "(" + vectors + " * L)";
        code.line("").line("private static void %s%dx%d(%s) {", name, panels, vectors, parameters);
        for (int i = 0; i < panels * vectors; i++) {
            code.line("FloatVector c%d = FloatVector.%s;", i,
                    name.equals("more") ? "fromArray(S, c, co" + Code.plus(i, "L") + ")" : "zero(S)");
        }
        for (int panel = 1; panel < panels; panel++) {
            code.line("int b%d = bo%s;", panel, Code.plus(panel, "panel"));
        }
        code.line(dense ? "for (int p = 0; p < k; p++) {" : "for (int p = from; p < to; p++) {");
        code.line("FloatVector x = FloatVector.broadcast(S, %s);", dense ? "a[ao + p]" : "values[p]");
        // added to what does not change in the loop, so that the compiler takes the checks out of it
        code.line("int at = %s * %s;", dense ? "p" : "indices[p]", width);
        for (int i = 0; i < panels * vectors; i++) {
            int panel = i / vectors;
            code.line("c%d = x.fma(FloatVector.fromArray(S, b, %s + at%s), c%d);", i, panel == 0 ? "bo" : "b" + panel,
                    Code.plus(i % vectors, "L"), i);
        }
        code.line("}");
        for (int i = 0; i < panels * vectors; i++) {
            code.line("c%d.intoArray(c, co%s);", i, Code.plus(i, "L"));
        }
        code.line("}");
    }
}
