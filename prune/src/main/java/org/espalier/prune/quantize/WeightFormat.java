package org.espalier.prune.quantize;

import org.espalier.compressed.Bfloat16Matrix;
import org.espalier.compressed.CodebookMatrix;
import org.espalier.compressed.QuantizedMatrix;
import org.espalier.compressed.QuantizedWeight;
import org.espalier.prune.notation.Notation;
import org.espalier.prune.notation.Notations;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;

/** The form of quantized weights: how many bits, and how they are rounded. */
public sealed interface WeightFormat {
    /**
     * The codes of a weight [out, in].
     *
     * @throws ShapeException if it is no matrix
     * @throws IllegalArgumentException if an element is not finite
     */
    QuantizedWeight codes(Tensor weight);

    /** A few words for tables and recipes, such as {@code int8}; {@link #parse} reads them back. */
    default String text() {
        return Notations.describe(this);
    }

    /** Integers with a scale for each row; see {@link QuantizedMatrix}. Bits are 2 to 8. */
    @Notation("int{bits}")
    record Integers(int bits) implements WeightFormat {
        /** Checks the bits. */
        public Integers {
            QuantizedMatrix.largest(bits);
        }

        @Override
        public QuantizedMatrix codes(Tensor weight) {
            return QuantizedMatrix.of(weight, bits);
        }
    }

    /** A codebook: 2 to 256 values that the weights share, zero among them; see {@link CodebookMatrix}. */
    @Notation("codebook {size}")
    record Codebook(int size) implements WeightFormat {
        /** Checks the size. */
        public Codebook {
            if (size < 2 || size > CodebookMatrix.MOST) {
                throw new IllegalArgumentException("a codebook has 2 to 256 values, not " + size);
            }
        }

        @Override
        public CodebookMatrix codes(Tensor weight) {
            return CodebookMatrix.of(weight, size);
        }
    }

    /** The upper halves of float32; see {@link Bfloat16Matrix}. */
    @Notation("bfloat16")
    record Bfloat16() implements WeightFormat {
        @Override
        public Bfloat16Matrix codes(Tensor weight) {
            return Bfloat16Matrix.of(weight);
        }
    }

    /** Integers of 8 bits. */
    static Integers int8() {
        return new Integers(8);
    }

    /** Integers of 4 bits. */
    static Integers int4() {
        return new Integers(4);
    }

    /** A codebook of 2 to 256 shared values. */
    static Codebook codebook(int size) {
        return new Codebook(size);
    }

    /** The upper halves of float32. */
    static Bfloat16 bfloat16() {
        return new Bfloat16();
    }

    /**
     * The form of this {@linkplain #text() text}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static WeightFormat parse(String text) {
        return Notations.standard().parse(WeightFormat.class, text);
    }
}
