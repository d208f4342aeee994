package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.DType;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.onnx.operator.Attribute;
import org.espalier.nn.onnx.operator.Constant;
import org.espalier.tensor.Shape;

/** Attributes in the configuration of a layer: {@code {"axis": {"int": 1}, "alpha": {"floats": [0.5]}}}. */
final class AttributeJson {
    private static final String FLOAT = "float";
    private static final String INT = "int";
    private static final String STRING = "string";
    private static final String TENSOR = "tensor";

    private AttributeJson() {}

    static Json.Obj write(Map<String, Attribute> attributes) {
        var all = Json.object();
        for (var one : attributes.entrySet()) {
            all = all.with(one.getKey(), write(one.getValue()));
        }
        return all;
    }

    private static Json.Obj write(Attribute attribute) {
        return switch (attribute) {
            case Attribute.Reals reals -> {
                var items = new ArrayList<Json>();
                for (float value : reals.values()) {
                    items.add(real(value));
                }
                yield list(FLOAT, reals.single(), items);
            }
            case Attribute.Integers integers -> list(INT, integers.single(), integers(integers.values()));
            case Attribute.Texts texts -> {
                var items = new ArrayList<Json>();
                texts.values().forEach(text -> items.add(new Json.Str(text)));
                yield list(STRING, texts.single(), items);
            }
            case Attribute.Value(Constant value) -> Json.object().with(TENSOR, write(value));
            case Attribute.Unread unread -> throw new IllegalStateException("an attribute that cannot be used");
        };
    }

    private static Json.Obj list(String kind, boolean single, List<Json> items) {
        return single ? Json.object().with(kind, items.getFirst()) : Json.object().with(kind + "s", Json.array(items));
    }

    /** Infinities and NaN as text: JSON has no numbers for them. */
    private static Json real(float value) {
        return Float.isFinite(value) ? new Json.Real(value) : new Json.Str(Float.toString(value));
    }

    private static List<Json> integers(long... values) {
        var items = new ArrayList<Json>();
        for (long value : values) {
            items.add(new Json.Int(value));
        }
        return items;
    }

    /** A constant with its type and sizes. */
    static Json.Obj write(Constant constant) {
        var items = new ArrayList<Json>();
        if (constant.type().isFloat()) {
            for (float value : constant.tensor().toArray()) {
                items.add(real(value));
            }
        } else {
            items.addAll(integers(constant.integers()));
        }
        return Json.object()
                .with("type", constant.type().name())
                .with("shape", Json.array(constant.shape().dims()))
                .with("elements", Json.array(items));
    }

    static Map<String, Attribute> read(Json.Obj all) throws FormatException {
        var attributes = new LinkedHashMap<String, Attribute>();
        for (var name : all.members().keySet()) {
            attributes.put(name, attribute(all.object(name)));
        }
        return attributes;
    }

    private static Attribute attribute(Json.Obj text) throws FormatException {
        if (text.has(TENSOR)) {
            return new Attribute.Value(constant(text.object(TENSOR)));
        }
        if (text.has(FLOAT) || text.has(FLOAT + "s")) {
            return new Attribute.Reals(text.has(FLOAT), reals(items(text, FLOAT)));
        }
        if (text.has(INT) || text.has(INT + "s")) {
            return new Attribute.Integers(text.has(INT), integers(items(text, INT)));
        }
        var texts = new ArrayList<String>();
        for (var item : items(text, STRING)) {
            if (!(item instanceof Json.Str(String value))) {
                throw problem(item, "a string");
            }
            texts.add(value);
        }
        return new Attribute.Texts(text.has(STRING), List.copyOf(texts));
    }

    private static List<Json> items(Json.Obj text, String kind) throws FormatException {
        return text.has(kind) ? List.of(text.get(kind)) : text.items(kind + "s");
    }

    private static float[] reals(List<Json> items) throws FormatException {
        var values = new float[items.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (items.get(i)) {
                case Json.Num number -> (float) number.asDouble();
                case Json.Str(String text) when text.equals("Infinity") -> Float.POSITIVE_INFINITY;
                case Json.Str(String text) when text.equals("-Infinity") -> Float.NEGATIVE_INFINITY;
                case Json.Str(String text) when text.equals("NaN") -> Float.NaN;
                default -> throw problem(items.get(i), "a number");
            };
        }
        return values;
    }

    private static long[] integers(List<Json> items) throws FormatException {
        var values = new long[items.size()];
        for (int i = 0; i < values.length; i++) {
            if (!(items.get(i) instanceof Json.Int(long value))) {
                throw problem(items.get(i), "an integer");
            }
            values[i] = value;
        }
        return values;
    }

    /** Reads a constant; there are no more elements than its text has. */
    static Constant constant(Json.Obj text) throws FormatException {
        var elements = text.items("elements");
        var sizes = integers(text.items("shape"));
        var dims = new int[sizes.length];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = Math.toIntExact(sizes[i]);
        }
        var shape = Shape.of(dims);
        if (shape.size() != elements.size()) {
            throw new FormatException("config", elements.size() + " elements for a constant " + shape);
        }
        var type = DType.valueOf(text.string("type"));
        return type.isFloat()
                ? Constant.floats(shape, reals(elements))
                : Constant.integers(type, shape, integers(elements));
    }

    private static FormatException problem(Json item, String wanted) {
        return new FormatException("config", item.compact() + " is not " + wanted);
    }
}
