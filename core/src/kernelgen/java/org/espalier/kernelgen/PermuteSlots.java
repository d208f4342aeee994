package org.espalier.kernelgen;

/**
 * The permute layout: per slot and vector of rows one selection among inputs in registers and one multiply-add. Four
 * vectors, since each waits for its last multiply-add; as many slots at a time as share an int of indices.
 */
final class PermuteSlots {
    private static final int VECTORS = 4;
    private static final int SHARED_BITS = 5;
    private static final int APART_BITS = 4;

    /** The slots of a group are a multiple of them. One alone waits for the counter, which C2 keeps in a vector. */
    private static final int BROADCAST_SLOTS = 4;

    private PermuteSlots() {}

    static String source() {
        var code = Code.file("""
                import java.lang.foreign.MemorySegment;
                import java.lang.foreign.ValueLayout;
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
        code.line("").line("/** All rows of a slot select from one window of two vectors. */");
        group(code, "shared", SHARED_BITS);
        code.line("").line("/** The rows of each vector select from a window of their own, of one vector. */");
        group(code, "apart", APART_BITS);
        broadcast(code);
        return code.line("}").toString();
    }

    private static void group(Code code, String name, int bits) {
        code.line("static void %s(int from, int to, long[] bases, int[] indices, float[] values, int scratch) {",
                name);
        begin(code);
        int slots = Integer.SIZE / bits;
        // the indices of a group begin with a whole int for each row
        code.line("for (int s = from, w = from / %d * (%d * L); s < to; s += %d, w += %d * L) {", slots, VECTORS, slots,
                VECTORS);
        for (int i = 0; i < VECTORS; i++) {
            code.line("IntVector i%d = IntVector.fromArray(I, indices, w%s);", i, Code.plus(i, "L"));
        }
        for (int slot = 0; slot < slots; slot++) {
            slot(code, slot, bits);
        }
        code.line("}");
        end(code);
    }

    /** All rows of a vector have the same column: nothing is selected. */
    private static void broadcast(Code code) {
        code.line("").line("/** All rows of a vector have the same column. */");
        code.line("static void broadcast(int from, int to, long[] bases, float[] values, int scratch) {");
        begin(code);
        code.line("for (int s = from; s < to; s += %d) {", BROADCAST_SLOTS);
        for (int slot = 0; slot < BROADCAST_SLOTS; slot++) {
            next(code, slot, true);
            for (int i = 0; i < VECTORS; i++) {
                code.line("float x%d_%d = INPUTS.get(ValueLayout.JAVA_FLOAT_UNALIGNED, inputs + (%s << 2));", slot, i,
                        base(i));
                code.line("s%d = FloatVector.broadcast(F, x%d_%d).fma(FloatVector.fromArray(F, values, v%s), s%d);", i,
                        slot, i, Code.plus(i, "L"), i);
            }
        }
        code.line("}");
        end(code);
    }

    private static void begin(Code code) {
        // made here, of a constant range: so the compiler sees that no window is out of bounds
        code.line("long inputs = OffHeapScratch.inputs(scratch);");
        code.line("long sums = OffHeapScratch.sums(scratch);");
        for (int i = 0; i < VECTORS; i++) {
            code.line("FloatVector s%d = FloatVector.zero(F);", i);
        }
    }

    private static void end(Code code) {
        for (int i = 0; i < VECTORS; i++) {
            code.line("s%d.intoMemorySegment(SUMS, sums%s, ORDER);", i, Code.plus(i, "BYTES"));
        }
        code.line("}");
    }

    private static void slot(Code code, int slot, int bits) {
        boolean shared = bits == SHARED_BITS;
        next(code, slot, slot > 0);
        if (shared) {
            code.line("%sat = inputs + (%s << 2);", slot == 0 ? "long " : "", base(0));
            code.line("%sx0 = IntVector.fromMemorySegment(I, INPUTS, at, ORDER);", slot == 0 ? "IntVector " : "");
            code.line("%sx1 = IntVector.fromMemorySegment(I, INPUTS, at + BYTES, ORDER);",
                    slot == 0 ? "IntVector " : "");
        }
        for (int i = 0; i < VECTORS; i++) {
            if (slot > 0) {
                code.line("i%d = i%d.lanewise(VectorOperators.LSHR, %d);", i, i, bits);
            }
            String from = shared
                    ? "x0, x1"
                    : "IntVector.fromMemorySegment(I, INPUTS, inputs + (" + base(i) + " << 2), ORDER)";
            if (i == 2 && !shared) {
                // never so: for the registers again
                code.line("if (b >>> 16 == SparseKernels.PERMUTE_END >>> 16) {").line("break;").line("}");
            }
            code.line("s%d = i%d.selectFrom(%s).reinterpretAsFloats().fma(FloatVector.fromArray(F, values, v%s), s%d);",
                    i, i, from, Code.plus(i, "L"), i);
        }
    }

    /** The bases of a slot, and where its values are; the end of the loop if the group may end before it. */
    private static void next(Code code, int slot, boolean mayEnd) {
        code.line("%sb = bases[s%s];", slot == 0 ? "long " : "", slot == 0 ? "" : " + " + slot);
        if (mayEnd) {
            // Between two branches the compiler moves no loads; without them it loads all at the beginning, more than
            // there are registers.
            code.line("if (b == SparseKernels.PERMUTE_END) {").line("break;").line("}");
        }
        code.line("%sv = %s * (%d * L);", slot == 0 ? "int " : "", slot == 0 ? "s" : "(s + " + slot + ")", VECTORS);
    }

    /** The first column of a vector's window in the slot whose bases are b. */
    private static String base(int vector) {
        return vector == 0 ? "(b & BASE)" : vector == 3 ? "(b >>> 48)" : "(b >>> " + 16 * vector + " & BASE)";
    }
}
