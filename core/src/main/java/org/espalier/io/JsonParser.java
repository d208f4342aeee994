package org.espalier.io;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/** Builds a {@link Json} tree with a {@link JsonReader}; recursion is bounded by {@link Json#MAX_DEPTH}. */
final class JsonParser {

    private final JsonReader in;
    private int values;

    private JsonParser(JsonReader in) {
        this.in = in;
    }

    static Json parse(String source, String text) throws FormatException {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return parse(source, bytes);
        } catch (CharacterCodingException e) {
            throw new FormatException(source, FormatException.NO_OFFSET, "the text has a lone surrogate", e);
        }
    }

    static Json parse(String source, byte[] utf8) throws FormatException {
        var reader = new JsonReader(source, utf8, 0);
        Json value = new JsonParser(reader).value();
        reader.end();
        return value;
    }

    private Json value() throws FormatException {
        if (++values > Json.MOST_VALUES) {
            throw in.problem(in.offset(), "more than " + Json.MOST_VALUES + " values");
        }
        return switch (in.peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Json.Str(in.string());
            case 't' -> {
                in.literal("true");
                yield new Json.Bool(true);
            }
            case 'f' -> {
                in.literal("false");
                yield new Json.Bool(false);
            }
            case 'n' -> {
                in.literal("null");
                yield new Json.Null();
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> in.number();
            default -> throw in.expected("a JSON value");
        };
    }

    private Json.Obj object() throws FormatException {
        var members = new LinkedHashMap<String, Json>();
        in.beginObject();
        for (String name = in.nextName(); name != null; name = in.nextName()) {
            long offset = in.offset();
            if (members.putIfAbsent(name, value()) != null) {
                throw in.problem(offset, "member \"" + name + "\" appears twice");
            }
        }
        return new Json.Obj(members);
    }

    private Json.Arr array() throws FormatException {
        var items = new ArrayList<Json>();
        in.beginArray();
        while (in.nextElement()) {
            items.add(value());
        }
        return new Json.Arr(items);
    }
}
