package org.espalier.compressed;

import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;

/**
 * The tensors of a packed weight, by what follows the weight's name. Types and shapes are compared with what the weight
 * needs; a complaint names the tensor.
 */
final class Parts {
    static final String GAPS = ".gaps";
    static final String BITMAP = ".bitmap";
    static final String VALUES = ".values";
    static final String CODES = ".codes";
    static final String SCALES = ".scales";
    static final String BOOK = ".book";

    /** The bits of a float that a bfloat16 does not have. */
    static final int LOWER_HALF = 0xFFFF;

    /** Takes the parts of a weight that is being packed. */
    interface Writer {
        void put(String suffix, RawTensor part);
    }

    private final String name;
    private final Layout layout;
    private final PackedWeight.Source source;

    Parts(String name, Layout layout, PackedWeight.Source source) {
        this.name = name;
        this.layout = layout;
        this.source = source;
    }

    /** What a part of a weight is called: all values of a weight are the weight. */
    static String name(String weight, Layout layout, String suffix) {
        return layout == Layout.ALL && suffix.equals(VALUES) ? weight : weight + suffix;
    }

    /** A list of floating-point numbers: BF16 if all are such numbers, otherwise F32. */
    static RawTensor floats(float[] values) {
        boolean halves = true;
        for (float value : values) {
            halves &= (Float.floatToRawIntBits(value) & LOWER_HALF) == 0;
        }
        return RawTensor.ofFloats(halves ? DType.BF16 : DType.F32, Shape.of(values.length), values);
    }

    private RawTensor tensor(String suffix) throws FormatException {
        return source.tensor(name(name, layout, suffix));
    }

    /** A part that is a list of bytes, of any length. */
    byte[] bytes(String suffix) throws FormatException {
        var part = tensor(suffix);
        return bytes(suffix, DType.U8, Shape.of(part.byteCount()));
    }

    byte[] bytes(String suffix, DType dtype, Shape shape) throws FormatException {
        var part = part(suffix, dtype, shape);
        var bytes = new byte[part.byteCount()];
        part.bytes().get(bytes);
        return bytes;
    }

    float[] floats(String suffix, DType dtype, Shape shape) throws FormatException {
        return part(suffix, dtype, shape).toFloats();
    }

    /** F32 or BF16. */
    float[] floats(String suffix, Shape shape) throws FormatException {
        boolean halves = tensor(suffix).dtype() == DType.BF16;
        return floats(suffix, halves ? DType.BF16 : DType.F32, shape);
    }

    private RawTensor part(String suffix, DType dtype, Shape shape) throws FormatException {
        var part = tensor(suffix);
        if (part.dtype() != dtype || !part.shape().equals(shape)) {
            throw problem(suffix, "is " + part + ", the model needs " + dtype + " " + shape);
        }
        return part;
    }

    FormatException problem(String suffix, String problem) {
        return new FormatException("packed weight", "tensor \"" + name(name, layout, suffix) + "\" " + problem);
    }
}
