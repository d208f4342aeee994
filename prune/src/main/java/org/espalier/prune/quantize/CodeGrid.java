package org.espalier.prune.quantize;

import org.espalier.compressed.QuantizedMatrix;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * The scales of a matrix that is rounded already. {@link QuantizedMatrix#scales} gives the largest number of a row the
 * largest code; where it has a smaller one, as after second-order rounding or when columns have gone, that scale would
 * round once more.
 */
final class CodeGrid {
    private CodeGrid() {}

    /**
     * For each row the finest scale of which all its numbers are codes exactly; where there is none, the usual one.
     *
     * @param bits of a code, 2 to 8
     */
    static float[] scales(Tensor matrix, int bits) {
        float[] scales = QuantizedMatrix.scales(matrix, bits);
        float[] elements = Storage.array(matrix);
        for (int row = 0; row < scales.length; row++) {
            int from = row * matrix.dim(1);
            scales[row] = scale(elements, from, from + matrix.dim(1), bits, scales[row]);
        }
        return scales;
    }

    private static float scale(float[] elements, int from, int to, int bits, float usual) {
        float size = 0;
        for (int i = from; i < to; i++) {
            size = Math.max(size, Math.abs(elements[i]));
        }
        for (int code = QuantizedMatrix.largest(bits) + 1; code > 0; code--) {
            float near = size / code;
            for (float scale : new float[] {near, Math.nextDown(near), Math.nextUp(near)}) {
                if (isExact(elements, from, to, bits, scale)) {
                    return scale;
                }
            }
        }
        return usual;
    }

    private static boolean isExact(float[] elements, int from, int to, int bits, float scale) {
        if (!(scale >= 0 && scale < Float.POSITIVE_INFINITY)) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (QuantizedMatrix.code(elements[i], scale, bits) * scale != elements[i]) {
                return false;
            }
        }
        return true;
    }
}
