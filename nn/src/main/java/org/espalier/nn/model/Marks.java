package org.espalier.nn.model;

import java.util.Optional;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;
import org.espalier.nn.Mask;
import org.espalier.nn.StateDict;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * How a parameter that is written as plain float32 says which of its elements are masked, without a byte more than the
 * values take: a masked element is written as −0, which to any other program is zero. A parameter in which another
 * element is −0 has a number in the file's metadata: 0 says that none is masked, k that those are masked which are the
 * NaN 0x7FC00000 + k.
 *
 * <p>A mask that keeps everything is as good as none and is not written.
 */
final class Marks {
    /** No number is needed. */
    static final int USUAL = -1;

    /** No element is masked. */
    static final int NONE = 0;

    private static final int MINUS_ZERO = 0x80000000;
    private static final int NAN = 0x7FC00000;
    private static final int LARGEST = 0x003FFFFF;

    private Marks() {}

    /** The number for a parameter, or {@link #USUAL}. */
    static int of(StateDict.Entry entry) {
        float[] values = Storage.array(entry.value());
        Mask mask = mask(entry);
        if (!has(values, mask, MINUS_ZERO)) {
            return USUAL;
        }
        int number = mask == null ? NONE : 1;
        while (number > NONE && has(values, mask, NAN + number)) {
            number++;
        }
        return number;
    }

    /** The mask, or null if there is none that drops anything. */
    static Mask mask(StateDict.Entry entry) {
        Mask mask = entry.mask().orElse(null);
        return mask == null || mask.kept() == mask.size() ? null : mask;
    }

    private static boolean has(float[] values, Mask mask, int bits) {
        for (int i = 0; i < values.length; i++) {
            if (Float.floatToRawIntBits(values[i]) == bits && (mask == null || mask.keeps(i))) {
                return true;
            }
        }
        return false;
    }

    /** The tensor of a parameter with this number. */
    static RawTensor write(StateDict.Entry entry, int number) {
        Mask mask = mask(entry);
        if (mask == null) {
            return RawTensor.of(entry.value());
        }
        float[] values = Storage.array(entry.value()).clone();
        float mark = Float.intBitsToFloat(number == USUAL ? MINUS_ZERO : NAN + number);
        for (int i = 0; i < values.length; i++) {
            values[i] = mask.keeps(i) ? values[i] : mark;
        }
        return RawTensor.ofFloats(DType.F32, entry.value().shape(), values);
    }

    /** Whether a number can be one. */
    static boolean isValid(long number) {
        return number >= NONE && number <= LARGEST;
    }

    /** The parameter that a tensor with this number holds. */
    static StateDict.Entry read(RawTensor raw, int number) {
        Shape shape = raw.shape();
        float[] values = raw.toFloats();
        int mark = number == USUAL ? MINUS_ZERO : NAN + number;
        int masked = 0;
        if (number != NONE) {
            masked = count(values, mark);
        }
        if (masked == 0) {
            return new StateDict.Entry(Storage.adopt(shape, values), Optional.empty());
        }
        var keeps = new boolean[values.length];
        unmark(values, mark, keeps);
        Tensor value = Storage.adopt(shape, values);
        return new StateDict.Entry(value, Optional.of(Mask.of(shape, keeps)));
    }

    private static int count(float[] values, int mark) {
        int count = 0;
        for (float value : values) {
            count += Float.floatToRawIntBits(value) == mark ? 1 : 0;
        }
        return count;
    }

    private static void unmark(float[] values, int mark, boolean[] keeps) {
        for (int i = 0; i < values.length; i++) {
            keeps[i] = Float.floatToRawIntBits(values[i]) != mark;
            values[i] = keeps[i] ? values[i] : 0;
        }
    }
}
