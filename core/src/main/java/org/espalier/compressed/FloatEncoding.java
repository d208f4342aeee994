package org.espalier.compressed;

import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/** Floating-point numbers: the tensor itself, or {@code .values} for the entries of a layout. */
final class FloatEncoding extends Encoding {
    static final FloatEncoding F32 = new FloatEncoding(DType.F32);
    static final FloatEncoding BF16 = new FloatEncoding(DType.BF16);

    private final DType dtype;

    private FloatEncoding(DType dtype) {
        this.dtype = dtype;
    }

    @Override
    Coded encode(Tensor matrix) {
        return Coded.of(dtype == DType.F32 ? matrix : Bfloat16Matrix.of(matrix).dequantize());
    }

    @Override
    void write(Coded coded, Shape shape, Parts.Writer parts) {
        parts.put(Parts.VALUES, RawTensor.ofFloats(dtype, shape, ((Coded.Floats) coded).values()));
    }

    @Override
    Coded read(Shape matrix, Shape shape, Parts parts) throws FormatException {
        return new Coded.Floats(parts.floats(Parts.VALUES, dtype, shape));
    }

    @Override
    public String toString() {
        return dtype == DType.F32 ? "f32" : "bf16";
    }
}
