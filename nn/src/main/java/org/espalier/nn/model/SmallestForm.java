package org.espalier.nn.model;

import java.util.Arrays;
import org.espalier.compressed.CodebookMatrix;
import org.espalier.compressed.Encoding;
import org.espalier.compressed.Layout;
import org.espalier.compressed.PackedWeight;
import org.espalier.compressed.Packing;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The form of one parameter that takes the fewest bytes in a file and gives back every bit: which elements are written
 * times how their values are written, each value as float32, as bfloat16 if all are such numbers, or as the number of
 * one of few shared values. The text about it in the file's header is counted as well.
 */
final class SmallestForm {
    /** Characters of the header about a tensor, besides its name; about a packing, besides the names. */
    private static final int TENSOR_TEXT = 64;
    private static final int PACKING_TEXT = 8;

    private static final int LOWER_HALF = 0xFFFF;
    private static final int MOST_CODES = CodebookMatrix.MOST;

    private final String name;
    private final StateDict.Entry entry;
    private final Mask mask;
    private final float[] values;
    private final int[] distinct = new int[MOST_CODES];
    private int distinctCount = 1;
    private boolean finite = true;
    private boolean halves = true;
    private int kept;
    private PackedWeight best;
    private long cost;

    private SmallestForm(String name, StateDict.Entry entry) {
        this.name = name;
        this.entry = entry;
        this.mask = Marks.mask(entry);
        this.values = Storage.array(entry.value());
    }

    /** The packed form of a parameter, or null if plain float32 takes no more bytes. */
    static PackedWeight of(String name, StateDict.Entry entry) {
        return new SmallestForm(name, entry).find();
    }

    /** An element that must be written: one that the mask keeps; without a mask, one that is not +0. */
    private boolean keeps(int i) {
        return mask == null ? Float.floatToRawIntBits(values[i]) != 0 : mask.keeps(i);
    }

    private PackedWeight find() {
        for (int i = 0; i < values.length; i++) {
            if (keeps(i)) {
                note(values[i]);
            }
        }
        cost = 4L * values.length + name.length() + TENSOR_TEXT;
        for (Layout layout : Layout.values()) {
            if (layout == Layout.ALL && mask != null || layout != Layout.ALL && kept == values.length) {
                continue;
            }
            // Nothing is smaller than its values alone; so most forms need not be made.
            int written = layout == Layout.ALL ? values.length : kept;
            if (layout != Layout.ALL && 4L * written < cost) {
                offer(PackedWeight.of(new Packing(layout, Encoding.float32()), entry.value(), this::keeps));
            }
            if (halves && finite && 2L * written < cost) {
                offer(PackedWeight.of(new Packing(layout, Encoding.bfloat16()), entry.value(), this::keeps));
            }
            if (distinctCount <= MOST_CODES && finite && values.length > 0 && entry.value().rank() == 2) {
                offer(PackedWeight.of(layout, codebook(), this::keeps));
            }
        }
        return best;
    }

    private void note(float value) {
        int bits = Float.floatToRawIntBits(value);
        kept++;
        finite &= Float.isFinite(value);
        halves &= (bits & LOWER_HALF) == 0;
        if (distinctCount > MOST_CODES) {
            return;
        }
        // The first is +0. Sorted, so that equal values give equal files in whatever order they come.
        int at = Arrays.binarySearch(distinct, 1, distinctCount, bits);
        if (bits == 0 || at >= 0) {
            return;
        }
        if (distinctCount < MOST_CODES) {
            int insertion = -at - 1;
            System.arraycopy(distinct, insertion, distinct, insertion + 1, distinctCount - insertion);
            distinct[insertion] = bits;
        }
        distinctCount++;
    }

    private CodebookMatrix codebook() {
        Tensor matrix = entry.value();
        var book = new float[distinctCount];
        for (int i = 0; i < distinctCount; i++) {
            book[i] = Float.intBitsToFloat(distinct[i]);
        }
        var codes = new byte[values.length];
        for (int i = 0; i < codes.length; i++) {
            int bits = Float.floatToRawIntBits(values[i]);
            codes[i] = (byte) (bits == 0 ? 0 : Arrays.binarySearch(distinct, 1, distinctCount, bits));
        }
        return new CodebookMatrix(matrix.dim(0), matrix.dim(1), codes, book);
    }

    private void offer(PackedWeight weight) {
        long bytes = name.length() + weight.packing().toString().length() + PACKING_TEXT;
        boolean unmasked = mask == null && weight.packing().layout() != Layout.ALL;
        bytes += unmasked ? name.length() + PACKING_TEXT : 0;
        for (var tensor : weight.tensors(name).entrySet()) {
            bytes += tensor.getKey().length() + TENSOR_TEXT + tensor.getValue().byteCount();
        }
        if (bytes < cost) {
            cost = bytes;
            best = weight;
        }
    }
}
