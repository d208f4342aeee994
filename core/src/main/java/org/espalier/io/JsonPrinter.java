package org.espalier.io;

import java.util.List;
import java.util.Map;

/** Prints a {@link Json} value; the text is a function of the value alone. */
final class JsonPrinter {

    private static final String INDENT = "  ";

    private final StringBuilder out = new StringBuilder();
    private final boolean pretty;

    private JsonPrinter(boolean pretty) {
        this.pretty = pretty;
    }

    static String print(Json value, boolean pretty) {
        var printer = new JsonPrinter(pretty);
        printer.value(value, 0);
        if (pretty) {
            printer.out.append('\n');
        }
        return printer.out.toString();
    }

    /** Refuses text that UTF-8 cannot hold. */
    static void requireUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("the text has a lone surrogate at index " + i);
            }
        }
    }

    private void value(Json value, int depth) {
        if (depth > Json.MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + Json.MAX_DEPTH + " levels");
        }
        switch (value) {
            case Json.Obj(Map<String, Json> members) -> object(members, depth);
            case Json.Arr(List<Json> items) -> array(items, depth);
            case Json.Str(String text) -> string(text);
            case Json.Int(long number) -> out.append(number);
            case Json.Real(double number) -> out.append(number);
            case Json.Bool(boolean truth) -> out.append(truth);
            case Json.Null() -> out.append("null");
        }
    }

    private void object(Map<String, Json> members, int depth) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, Json> member : members.entrySet()) {
            separate(first, depth + 1);
            first = false;
            string(member.getKey());
            out.append(pretty ? ": " : ":");
            value(member.getValue(), depth + 1);
        }
        if (!first) {
            newLine(depth);
        }
        out.append('}');
    }

    private void array(List<Json> items, int depth) {
        boolean oneLine = items.stream().noneMatch(item -> item instanceof Json.Obj || item instanceof Json.Arr);
        out.append('[');
        for (int i = 0; i < items.size(); i++) {
            if (!oneLine) {
                separate(i == 0, depth + 1);
            } else if (i > 0) {
                out.append(pretty ? ", " : ",");
            }
            value(items.get(i), depth + 1);
        }
        if (!oneLine) {
            newLine(depth);
        }
        out.append(']');
    }

    private void separate(boolean first, int depth) {
        if (!first) {
            out.append(',');
        }
        newLine(depth);
    }

    private void newLine(int depth) {
        if (pretty) {
            out.append('\n').append(INDENT.repeat(depth));
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00");
                        out.append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
