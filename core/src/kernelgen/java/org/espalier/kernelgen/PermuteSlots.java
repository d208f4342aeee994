package org.espalier.kernelgen;

/**
 * The permute layout: per slot and vector of rows one selection among inputs in registers and one multiply-add. Four
 * vectors, since each waits for its last multiply-add; four slots at a time, whose indices are the bytes of one int.
 */
final class PermuteSlots {
    private static final int VECTORS = 4;
    private static final int SLOTS = 4;

    private PermuteSlots() {}

    static String source() {
        var code = Code.file("""
                import java.lang.foreign.MemorySegment;
                import java.nio.ByteOrder;
                import jdk.incubator.vector.FloatVector;
                import jdk.incubator.vector.IntVector;
                import jdk.incubator.vector.VectorOperators;
                import jdk.incubator.vector.VectorSpecies;
                import org.espalier.kernel.SparseKernels;
                """, """
                /** Sums of one group of the permute layout, from zero; see {@link VectorSparsePermute}. */
                """, "final class VectorPermuteSlots");
        code.lines("""
                private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
                private static final VectorSpecies<Integer> I = IntVector.SPECIES_PREFERRED;
                private static final int L = F.length();
                private static final long BYTES = F.vectorByteSize();
                private static final ByteOrder ORDER = ByteOrder.nativeOrder();
                private static final MemorySegment INPUTS = OffHeapScratch.INPUTS;
                private static final MemorySegment SUMS = OffHeapScratch.SUMS;
                private static final long BASE = 0xffffL;
                """);
        code.line("").line("private VectorPermuteSlots() {}");
        group(code, "shared", "All rows of a slot select from one window of two vectors.", true);
        group(code, "apart", "The rows of each vector select from a window of their own, of one vector.", false);
        return code.line("}").toString();
    }

    private static void group(Code code, String name, String comment, boolean shared) {
        code.line("").line("/** %s */", comment);
        code.line("static void %s(int from, int to, long[] bases, int[] indices, float[] values, int scratch) {",
                name);
        // made here, of a constant range: so the compiler sees that no window is out of bounds
        code.line("long inputs = OffHeapScratch.inputs(scratch);");
        code.line("long sums = OffHeapScratch.sums(scratch);");
        for (int i = 0; i < VECTORS; i++) {
            code.line("FloatVector s%d = FloatVector.zero(F);", i);
        }
        code.line("for (int s = from; s < to; s += %d) {", SLOTS);
        for (int i = 0; i < VECTORS; i++) {
            code.line("IntVector i%d = IntVector.fromArray(I, indices, s * L%s);", i, plus(i));
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            slot(code, slot, shared);
        }
        code.line("}");
        for (int i = 0; i < VECTORS; i++) {
            code.line("s%d.intoMemorySegment(SUMS, sums%s, ORDER);", i,
                    i == 0 ? "" : i == 1 ? " + BYTES" : " + " + i + " * BYTES");
        }
        code.line("}");
    }

    private static void slot(Code code, int slot, boolean shared) {
        if (slot > 0) {
            // Never so. Between two branches the compiler moves no loads; without them it loads all at the beginning,
            // more than there are registers.
            code.line("if (b == SparseKernels.PERMUTE_NEVER) {").line("break;").line("}");
        }
        code.line("%sb = bases[s%s];", slot == 0 ? "long " : "", slot == 0 ? "" : " + " + slot);
        if (shared) {
            code.line("%sat = inputs + ((b & BASE) << 2);", slot == 0 ? "long " : "");
            code.line("%sx0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);", slot == 0 ? "IntVector " : "");
            code.line("%sx1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);",
                    slot == 0 ? "IntVector " : "");
        }
        code.line("%sv = %s * (%d * L);", slot == 0 ? "int " : "", slot == 0 ? "s" : "(s + " + slot + ")", VECTORS);
        for (int i = 0; i < VECTORS; i++) {
            if (slot > 0) {
                code.line("i%d = i%d.lanewise(VectorOperators.LSHR, 8);", i, i);
            }
            String from = "x0, x1";
            if (!shared) {
                String base = i == 0 ? "(b & BASE)" : i == 3 ? "(b >>> 48)" : "(b >>> " + 16 * i + " & BASE)";
                from = "IntVector.fromMemorySegment(I, INPUTS, inputs + (" + base + " << 2), ORDER)";
            }
            if (i == 2 && !shared) {
                code.line("if (b >>> 16 == SparseKernels.PERMUTE_NEVER >>> 16) {").line("break;").line("}");
            }
            code.line("s%d = i%d.selectFrom(%s).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v%s), s%d);",
                    i, i, from, plus(i), i);
        }
    }

    private static String plus(int i) {
        return i == 0 ? "" : i == 1 ? " + L" : " + " + i + " * L";
    }
}
