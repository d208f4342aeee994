package org.espalier.kernelgen;

/**
 * Dot products of gradients and inputs, sixteen virtual lanes each: on vectors of 16, 8 or 4 lanes one, two or four
 * chains. Narrow vectors fold their chains at once, so that as many lanes as a vector has are left for each entry.
 */
final class Sddmm {
    private static final int LANES = 16;
    private static final int GROUPS = 8;
    private static final int[] WIDTHS = {16, 8, 4};

    private Sddmm() {}

    static String source() {
        var code = Code.file("""
                import java.lang.foreign.MemorySegment;
                import java.nio.ByteOrder;
                import jdk.incubator.vector.FloatVector;
                import jdk.incubator.vector.VectorSpecies;
                """, "/** The loops of {@link VectorSddmm}: 16 to 128 samples on vectors of 16, 8 and 4 lanes. */",
                "final class VectorSddmmDots");
        code.lines("""
                private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
                private static final int L = S.length();
                private static final long BYTES = (long) L * Float.BYTES;
                private static final ByteOrder ORDER = ByteOrder.nativeOrder();
                private static final MemorySegment INPUTS = OffHeapScratch.INPUTS;
                private static final long LAST_INPUT = OffHeapScratch.INPUT_BYTES - BYTES;
                """);
        code.line("").line("private VectorSddmmDots() {}").line("");
        code.line("/** One vector of sums for each entry; the arguments are those of {@link VectorSddmm#lanes}. */");
        code.line("static void run(int groups, %s) {", parameters());
        code.line("switch (L * 16 + groups) {");
        for (int width : WIDTHS) {
            for (int groups = 1; groups <= GROUPS; groups++) {
                code.line("case %d -> lanes%dx%d(%s);", width * 16 + groups, width, groups, arguments());
            }
        }
        code.line("default -> throw new IllegalArgumentException(groups + \" times 16 samples\");").line("}").line("}");
        for (int width : WIDTHS) {
            for (int groups = 1; groups <= GROUPS; groups++) {
                loop(code, width, groups);
            }
        }
        return code.line("}").toString();
    }

    private static String parameters() {
        return "int from, int to, int[] offsets, int strip, int row, char[] columns, long g, long x, float[] sums";
    }

    private static String arguments() {
        return parameters().replaceAll("(int|long|char|float)(\\[\\])? ", "");
    }

    private static String bytes(String base, int vector) {
        return vector == 0 ? base : vector == 1 ? base + " + BYTES" : base + " + " + vector + " * BYTES";
    }

    private static void loop(Code code, int width, int groups) {
        int chains = LANES / width;
        int vectors = groups * chains;
        boolean held = vectors <= 8;
        code.line("").line("private static void lanes%dx%d(%s) {", width, groups, parameters());
        code.line("int at = 0;");
        code.line("for (int p = from, r = row; p < to; r++) {");
        code.line("int end = Math.min(to, offsets[strip + r + 1]);");
        code.line("long line = g + r * (%d * BYTES) & LAST_INPUT;", vectors);
        for (int v = 0; held && v < vectors; v++) {
            code.line("FloatVector g%d = %s;", v, load("line", v));
        }
        code.line("for (; p < end; p++, at += L) {");
        code.line("long o = x + columns[p] * (%d * BYTES) & LAST_INPUT;", vectors);
        for (int v = 0; v < vectors; v++) {
            String sum = v < chains ? "FloatVector.zero(S)" : "s" + v % chains;
            code.line("%ss%d = %s.fma(%s, %s);", v < chains ? "FloatVector " : "", v % chains, load("o", v),
                    held ? "g" + v : load("line", v), sum);
        }
        String folded = chains == 1 ? "s0" : chains == 2 ? "s0.add(s1)" : "s0.add(s2).add(s1.add(s3))";
        code.line("%s.intoArray(sums, at);", folded);
        code.line("}").line("}").line("}");
    }

    private static String load(String base, int vector) {
        return "FloatVector.fromMemorySegment(S, INPUTS, " + bytes(base, vector) + ", ORDER)";
    }
}
