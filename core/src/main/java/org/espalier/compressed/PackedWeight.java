package org.espalier.compressed;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.espalier.io.FormatException;
import org.espalier.io.RawTensor;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A weight in the form in which a file holds it, and its values. An immutable value. A tensor that
 * is no matrix is packed as a matrix of one row.
 *
 * <p>Reading allocates nothing that the bytes there do not vouch for: a bit for each element at least, or in {@link
 * Layout#GAPS} a byte for 256.
 */
public final class PackedWeight {
    /** Where the tensors of a file are found. */
    @FunctionalInterface
    public interface Source {
        /** The tensor of this name, or a complaint that there is none. */
        RawTensor tensor(String name) throws FormatException;
    }

    private final Packing packing;
    private final Shape shape;
    private final Entries entries;
    private final Coded coded;
    private final Tensor tensor;

    private PackedWeight(Packing packing, Shape shape, Entries entries, Coded coded) {
        this.packing = packing;
        this.shape = shape;
        this.entries = entries;
        this.coded = coded;
        int columns = matrix(shape).dim(1);
        var elements = new float[shape.size()];
        for (int i = 0; i < entries.size(); i++) {
            elements[entries.at(i)] = coded.value(i, entries.at(i) / columns);
        }
        this.tensor = Storage.adopt(shape, elements);
    }

    /**
     * Packs a weight.
     *
     * @param kept whether an element, numbered in row-major order, is kept; the others count as +0, and {@link
     *     Layout#ALL} writes them as such
     * @throws IllegalArgumentException if a kept number is not finite and the encoding rounds
     */
    public static PackedWeight of(Packing packing, Tensor weight, IntPredicate kept) {
        float[] elements = Storage.array(weight).clone();
        for (int i = 0; i < elements.length; i++) {
            elements[i] = kept.test(i) ? elements[i] : 0;
        }
        var entries = packing.layout().entries(elements.length, kept);
        var coded = packing.encoding().encode(Storage.adopt(matrix(weight.shape()), elements));
        return new PackedWeight(packing, weight.shape(), entries, coded.at(entries));
    }

    /**
     * Packs a weight that is quantized already, exactly as it is. Integers have a scale for each row.
     *
     * @param kept whether an element, numbered in row-major order, is kept
     * @throws IllegalArgumentException if an element that is not kept has another code than 0
     */
    public static PackedWeight of(Layout layout, QuantizedWeight weight, IntPredicate kept) {
        for (int i = 0; i < weight.rows() * weight.columns(); i++) {
            if (!kept.test(i) && weight.code(i / weight.columns(), i % weight.columns()) != 0) {
                throw new IllegalArgumentException("packing: element " + i + " is not kept and not zero");
            }
        }
        var encoding = switch (weight) {
            case QuantizedMatrix integers -> Encoding.intPerRow(integers.bits());
            case CodebookMatrix codebook -> Encoding.codebook(codebook.bits());
            case Bfloat16Matrix floats -> Encoding.bfloat16();
        };
        var coded = switch (weight) {
            case QuantizedMatrix integers -> Coded.of(integers, integers.scales());
            case CodebookMatrix codebook -> Coded.of(codebook);
            case Bfloat16Matrix floats -> Coded.of(floats.dequantize());
        };
        var shape = Shape.of(weight.rows(), weight.columns());
        var entries = layout.entries(shape.size(), kept);
        return new PackedWeight(new Packing(layout, encoding), shape, entries, coded.at(entries));
    }

    /**
     * Reads a weight of a known shape.
     *
     * @param name the weight's, with which the names of its tensors begin
     * @throws FormatException if a tensor is missing or not as it must be
     */
    public static PackedWeight read(Packing packing, String name, Shape shape, Source source) throws FormatException {
        var parts = new Parts(name, packing.layout(), source);
        var entries = packing.layout().read(shape.size(), parts);
        var matrix = matrix(shape);
        var coded = packing.encoding().read(matrix, entryShape(packing, shape, entries.size()), parts);
        return new PackedWeight(packing, shape, entries, coded);
    }

    private static Shape matrix(Shape shape) {
        return shape.rank() == 2 ? shape : Shape.of(1, shape.size());
    }

    private static Shape entryShape(Packing packing, Shape shape, int entries) {
        return packing.layout() == Layout.ALL ? shape : Shape.of(entries);
    }

    /** The tensors that a file holds, under names that begin with the weight's. */
    public Map<String, RawTensor> tensors(String name) {
        var tensors = new LinkedHashMap<String, RawTensor>();
        Parts.Writer parts = (suffix, tensor) -> tensors.put(Parts.name(name, packing.layout(), suffix), tensor);
        packing.layout().write(shape.size(), entries, parts);
        packing.encoding().write(coded, entryShape(packing, shape, entries.size()), parts);
        return Collections.unmodifiableMap(tensors);
    }

    /** The form. */
    public Packing packing() {
        return packing;
    }

    /** The weight's shape. */
    public Shape shape() {
        return shape;
    }

    /** How many elements are written. */
    public int entries() {
        return entries.size();
    }

    /** The bytes of its tensors in a file, without their part of the header. */
    public long bytes() {
        return tensors("").values().stream().mapToLong(RawTensor::byteCount).sum();
    }

    /** Which elements are written, in row-major order. */
    public boolean[] written() {
        return entries.among(shape.size());
    }

    /** The values of the weight; +0 where nothing is written. */
    public Tensor toTensor() {
        return tensor;
    }

    /** For example {@code gaps int8 [300, 784], 11713 entries}. */
    @Override
    public String toString() {
        return packing + " " + shape + ", " + entries.size() + " entries";
    }
}
