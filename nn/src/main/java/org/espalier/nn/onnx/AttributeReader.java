package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.nn.onnx.operator.Attribute;

/** Reads one attribute of a node: the values of the one field that its type says, or that has something in it. */
final class AttributeReader {
    /** Counts the memory that parts of the file take, and refuses too much. */
    @FunctionalInterface
    interface Count {
        void add(int bytes, ProtoReader in) throws FormatException;
    }

    private static final int INTEGERS_OF_A_PART = 16;
    /** What an integer takes in a list that grows by halves. */
    private static final int INTEGER = 40;
    private static final int TEXT = 90;

    private final ExternalData external;
    private String name = "";
    private long type;
    private float[] reals = {};
    private int realCount;
    private long[] integers = {};
    private int integerCount;
    private final List<String> texts = new ArrayList<>(1);
    private OnnxGraph.Held tensor;
    private String unread;
    private boolean isList;

    AttributeReader(ExternalData external) {
        this.external = external;
    }

    String name() {
        return name;
    }

    Attribute read(ProtoReader in, Count count) throws FormatException {
        while (in.next()) {
            isList |= in.field() >= OnnxProto.Attribute.FLOATS && in.field() <= OnnxProto.Attribute.TEXTS;
            switch (in.field()) {
                case OnnxProto.Attribute.NAME -> name = in.text();
                case OnnxProto.Attribute.TYPE -> type = in.integer();
                case OnnxProto.Attribute.FLOAT, OnnxProto.Attribute.FLOATS -> add(in.reals());
                case OnnxProto.Attribute.INT, OnnxProto.Attribute.INTS -> in.integers(number -> {
                    if (integerCount % INTEGERS_OF_A_PART == 0) {
                        count.add(INTEGERS_OF_A_PART * INTEGER, in);
                    }
                    add(number);
                });
                case OnnxProto.Attribute.TEXT, OnnxProto.Attribute.TEXTS -> {
                    count.add(TEXT, in);
                    texts.add(in.text());
                }
                case OnnxProto.Attribute.TENSOR -> tensor = new TensorReader(external).read(in.message());
                case OnnxProto.Attribute.GRAPH, OnnxProto.Attribute.GRAPHS -> unread = "a graph";
                case OnnxProto.Attribute.TENSORS -> unread = "a list of tensors";
                case OnnxProto.Attribute.SPARSE_TENSOR, OnnxProto.Attribute.SPARSE_TENSORS ->
                        unread = "a sparse tensor";
                case OnnxProto.Attribute.TYPE_VALUE, OnnxProto.Attribute.TYPE_VALUES -> unread = "a type";
                case OnnxProto.Attribute.REFERENCE -> unread = "an attribute of a function";
                default -> {}
            }
        }
        return attribute(in);
    }

    private void add(float... more) {
        if (reals.length < realCount + more.length) {
            reals = Arrays.copyOf(reals, Math.max(realCount + more.length, realCount + realCount / 2));
        }
        System.arraycopy(more, 0, reals, realCount, more.length);
        realCount += more.length;
    }

    private void add(long number) {
        if (integers.length == integerCount) {
            integers = Arrays.copyOf(integers, Math.max(1, integerCount + integerCount / 2 + 1));
        }
        integers[integerCount++] = number;
    }

    private Attribute attribute(ProtoReader in) throws FormatException {
        if (unread != null) {
            return new Attribute.Unread(unread);
        }
        return switch (Math.clamp(type, 0, Integer.MAX_VALUE)) {
            case OnnxProto.Attribute.IS_FLOAT -> real(true);
            case OnnxProto.Attribute.IS_FLOATS -> real(false);
            case OnnxProto.Attribute.IS_INT -> integer(true);
            case OnnxProto.Attribute.IS_INTS -> integer(false);
            case OnnxProto.Attribute.IS_TEXT -> text(true);
            case OnnxProto.Attribute.IS_TEXTS -> text(false);
            case OnnxProto.Attribute.IS_TENSOR -> tensor();
            case 0 -> untyped(in);
            default -> throw in.problem("the attribute \"" + name + "\" of the unknown type " + type);
        };
    }

    /** Files of the first IR versions do not say the type. */
    private Attribute untyped(ProtoReader in) throws FormatException {
        if (tensor != null) {
            return tensor();
        }
        if (realCount > 0) {
            return real(!isList);
        }
        if (integerCount > 0) {
            return integer(!isList);
        }
        if (texts.isEmpty()) {
            throw in.problem("the attribute \"" + name + "\" has neither a type nor a value");
        }
        return text(!isList);
    }

    // A single value that is 0 or empty may be left out of the file.

    private Attribute real(boolean single) {
        return new Attribute.Reals(single, Arrays.copyOf(reals, single ? 1 : realCount));
    }

    private Attribute integer(boolean single) {
        return new Attribute.Integers(single, Arrays.copyOf(integers, single ? 1 : integerCount));
    }

    private Attribute text(boolean single) {
        return new Attribute.Texts(single, single && texts.isEmpty() ? List.of("") : List.copyOf(texts));
    }

    private Attribute tensor() {
        if (tensor == null) {
            return new Attribute.Unread("an empty tensor");
        }
        return tensor.refusal() != null
                ? new Attribute.Unread("a tensor that cannot be used: " + tensor.refusal())
                : new Attribute.Value(tensor.value());
    }
}
