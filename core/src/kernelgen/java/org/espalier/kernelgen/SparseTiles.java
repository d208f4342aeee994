package org.espalier.kernelgen;

/** Compressed rows, or rows of blocks, times a block of samples: the sums of a row stay in registers. */
final class SparseTiles {
    private static final String[] NAMES = {"", "one", "two", "three", "four", "five", "six", "seven", "eight"};

    private final int height;
    private final Code code;

    private SparseTiles(String name, int height) {
        this.height = height;
        this.code = Code.file("""
                import java.lang.foreign.MemorySegment;
                import java.nio.ByteOrder;
                import jdk.incubator.vector.FloatVector;
                import jdk.incubator.vector.VectorSpecies;
                import org.espalier.kernel.SparseKernels;
                """, height == 1
                ? "/** Compressed rows times a block of samples; see {@link VectorSparse}. */"
                : "/** Compressed rows of blocks, four rows of a block at a time, times a block of samples. */",
                "final class " + name);
        code.lines("""
                private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
                private static final long BYTES = (long) S.length() * Float.BYTES;
                private static final ByteOrder ORDER = ByteOrder.nativeOrder();
                private static final MemorySegment INPUTS = OffHeapScratch.INPUTS;
                private static final MemorySegment SUMS = OffHeapScratch.SUMS;
                """);
        code.line("private static final int LAST_ROW = OffHeapScratch.ROWS - %d;", height);
        code.line("private static final int LAST_COLUMN = SparseKernels.CSR_COLUMNS - 1;");
        code.line("").line("private %s() {}", name);
    }

    static SparseTiles of(String name, int height) {
        return new SparseTiles(name, height);
    }

    String source() {
        return code.line("}").toString();
    }

    private static String bytes(String base, int vector) {
        return base + Code.plus(vector, "BYTES");
    }

    /** A shift where the vectors are a power of two: the compiler sees from the mask that it stays in bounds. */
    private static String line(String index, int vectors) {
        return Integer.bitCount(vectors) == 1
                ? "((long) (" + index + ") << OffHeapScratch." + NAMES[vectors].toUpperCase(java.util.Locale.ROOT) + ")"
                : "(" + index + ") * (" + vectors + " * BYTES)";
    }

    SparseTiles vectors(int vectors) {
        code.line("").line("/** Adds a block of columns to the sums of some rows, %d vector%s of samples. */", vectors,
                vectors == 1 ? "" : "s");
        if (height == 1) {
            code.line("static void %s(int slot, int rows, int[] offsets, int first, char[] columns, float[] values) {",
                    NAMES[vectors]);
        } else {
            code.line("static void %s(int slot, int height, int first, int rows, int[] offsets, int at, "
                    + "char[] columns, float[] values) {", NAMES[vectors]);
        }
        code.line("long inputs = OffHeapScratch.inputs(slot);").line("long sums = OffHeapScratch.sums(slot);");
        if (height == 1) {
            code.line("for (int r = 0; r < rows; r++) {");
            code.line("int end = offsets[first + r + 1];").line("int p = offsets[first + r];");
        } else {
            code.line("for (int r = 0; r < rows; r += 4) {").line("int block = at + (first + r) / height;");
            code.line("int end = offsets[block + 1];").line("int p = offsets[block];");
        }
        code.line("if (p < end) {");
        if (height > 1) {
            code.line("int v = p * height + r % height;");
        }
        code.line("long sum = sums + %s;", line("r & LAST_ROW", vectors));
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < vectors; j++) {
                code.line("FloatVector s%d%d = FloatVector.fromMemorySegment(S, SUMS, %s, ORDER);", i, j,
                        bytes("sum", i * vectors + j));
            }
        }
        code.line(height == 1 ? "for (; p < end; p++) {" : "for (; p < end; p++, v += height) {");
        code.line("long x = inputs + %s;", line("columns[p] & LAST_COLUMN", vectors));
        step(vectors);
        code.line("}");
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < vectors; j++) {
                code.line("s%d%d.intoMemorySegment(SUMS, %s, ORDER);", i, j, bytes("sum", i * vectors + j));
            }
        }
        code.line("}").line("}").line("}");
        return this;
    }

    private void step(int vectors) {
        if (height == 1) {
            code.line("FloatVector w = FloatVector.broadcast(S, values[p]);");
            for (int j = 0; j < vectors; j++) {
                code.line("s0%d = w.fma(FloatVector.fromMemorySegment(S, INPUTS, %s, ORDER), s0%d);", j, bytes("x", j),
                        j);
            }
            return;
        }
        for (int j = 0; j < vectors; j++) {
            code.line("FloatVector x%d = FloatVector.fromMemorySegment(S, INPUTS, %s, ORDER);", j, bytes("x", j));
        }
        for (int i = 0; i < height; i++) {
            code.line("FloatVector w%d = FloatVector.broadcast(S, values[v%s]);", i, i == 0 ? "" : " + " + i);
            for (int j = 0; j < vectors; j++) {
                code.line("s%d%d = w%d.fma(x%d, s%d%d);", i, j, i, j, i, j);
            }
        }
    }
}
