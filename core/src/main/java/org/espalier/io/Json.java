package org.espalier.io;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value (RFC 8259): immutable, with members in the order they were written.
 *
 * <p>Integers keep all 64 bits ({@link Int}); numbers with a fraction or an exponent are doubles ({@link Real}),
 * printed with the fewest digits that read back to the same bits. Printing depends on nothing but the value, so equal
 * values give equal text.
 *
 * <p>A tree takes far more memory than its text, so there is a limit on its values: text from a stranger costs at most
 * about 30 MB. Files whose size matters are not read as trees.
 */
public sealed interface Json {

    /** Deepest nesting of arrays and objects that is read and printed. */
    int MAX_DEPTH = 128;

    /** Most values of a tree that is read, arrays and objects included. */
    int MOST_VALUES = 100_000;

    /**
     * Reads one value; strict: no comments, no trailing commas, no duplicate keys, no lone surrogates, no integers
     * beyond 64 bits, no numbers beyond the doubles, nothing but white space after the value.
     *
     * @param text the JSON text
     * @return the value
     * @throws FormatException if the text is not JSON; its offset counts UTF-8 bytes
     */
    static Json parse(String text) throws FormatException {
        return JsonParser.parse("JSON text", text);
    }

    /**
     * An object without members, to be grown with {@code with}.
     *
     * @return the empty object
     */
    static Obj object() {
        return Obj.EMPTY;
    }

    /**
     * An array of values.
     *
     * @param items the values, in order
     * @return the array
     */
    static Arr array(List<? extends Json> items) {
        return new Arr(List.copyOf(items));
    }

    /**
     * An array of integers, such as a shape.
     *
     * @param items the values, in order
     * @return the array
     */
    static Arr array(int... items) {
        var values = new ArrayList<Json>(items.length);
        for (int item : items) {
            values.add(new Int(item));
        }
        return new Arr(values);
    }

    /**
     * An array of strings, such as names.
     *
     * @param items the values, in order
     * @return the array
     */
    static Arr array(String... items) {
        var values = new ArrayList<Json>(items.length);
        for (String item : items) {
            values.add(new Str(item));
        }
        return new Arr(values);
    }

    /**
     * Prints on one line without any white space.
     *
     * @return the JSON text
     * @throws IllegalArgumentException if it is nested deeper than {@link #MAX_DEPTH}
     */
    default String compact() {
        return JsonPrinter.print(this, false);
    }

    /**
     * Prints for people: two spaces per level, one member per line, arrays of plain values on one line.
     *
     * @return the JSON text, with a final newline
     * @throws IllegalArgumentException if it is nested deeper than {@link #MAX_DEPTH}
     */
    default String pretty() {
        return JsonPrinter.print(this, true);
    }

    /**
     * An object: members in order, no name twice.
     *
     * @param members name to value
     */
    record Obj(Map<String, Json> members) implements Json {
        private static final Obj EMPTY = new Obj(Map.of());

        /**
         * Copies the members.
         *
         * @throws IllegalArgumentException if a name has a lone surrogate
         */
        public Obj {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
            for (String name : members.keySet()) {
                JsonPrinter.requireUnicode(name);
            }
        }

        // Written out, here and in Arr, Str, Int and Real, because models compare them as they are loaded: a record's
        // own equals is made at run time, which a program that starts would wait for.
        @Override
        public boolean equals(Object other) {
            return other instanceof Obj(var same) && members.equals(same);
        }

        @Override
        public int hashCode() {
            return members.hashCode();
        }

        /**
         * This object with one member added, or replaced in place.
         *
         * @param name the member
         * @param value its value
         * @return the new object
         */
        public Obj with(String name, Json value) {
            var copy = new LinkedHashMap<>(members);
            copy.put(name, value);
            return new Obj(copy);
        }

        /** {@link #with(String, Json)} with a string. */
        public Obj with(String name, String value) {
            return with(name, new Str(value));
        }

        /** {@link #with(String, Json)} with an integer. */
        public Obj with(String name, long value) {
            return with(name, new Int(value));
        }

        /** {@link #with(String, Json)} with a number, which must be finite. */
        public Obj with(String name, double value) {
            return with(name, new Real(value));
        }

        /** {@link #with(String, Json)} with a boolean. */
        public Obj with(String name, boolean value) {
            return with(name, new Bool(value));
        }

        /**
         * Tells whether there is such a member.
         *
         * @param name the member
         * @return true if there is
         */
        public boolean has(String name) {
            return members.containsKey(name);
        }

        /**
         * The member's value.
         *
         * @param name the member
         * @return its value
         * @throws FormatException if there is no such member
         */
        public Json get(String name) throws FormatException {
            Json value = members.get(name);
            if (value == null) {
                String problem = "member \"" + name + "\" is missing; it has " + members.keySet();
                throw new FormatException("JSON object", problem);
            }
            return value;
        }

        /**
         * The text of a string member.
         *
         * @param name the member
         * @return its text
         * @throws FormatException if it is missing or no string
         */
        public String string(String name) throws FormatException {
            return get(name) instanceof Str(String text) ? text : wrong(name, "a string");
        }

        /**
         * The value of an integer member.
         *
         * @param name the member
         * @return its value
         * @throws FormatException if it is missing or no integer
         */
        public long integer(String name) throws FormatException {
            return get(name) instanceof Int(long value) ? value : wrong(name, "an integer");
        }

        /**
         * The value of a number member, integer or not.
         *
         * @param name the member
         * @return the nearest double
         * @throws FormatException if it is missing or no number
         */
        public double number(String name) throws FormatException {
            return get(name) instanceof Num number ? number.asDouble() : wrong(name, "a number");
        }

        /**
         * The value of a boolean member.
         *
         * @param name the member
         * @return its value
         * @throws FormatException if it is missing or no boolean
         */
        public boolean bool(String name) throws FormatException {
            return get(name) instanceof Bool(boolean value) ? value : wrong(name, "true or false");
        }

        /**
         * The items of an array member.
         *
         * @param name the member
         * @return its items
         * @throws FormatException if it is missing or no array
         */
        public List<Json> items(String name) throws FormatException {
            return get(name) instanceof Arr(List<Json> items) ? items : wrong(name, "an array");
        }

        /**
         * An object member.
         *
         * @param name the member
         * @return its value
         * @throws FormatException if it is missing or no object
         */
        public Obj object(String name) throws FormatException {
            return get(name) instanceof Obj object ? object : wrong(name, "an object");
        }

        private <T> T wrong(String name, String expected) throws FormatException {
            throw new FormatException("JSON object", "member \"" + name + "\" must be " + expected);
        }
    }

    /**
     * An array.
     *
     * @param items the values, in order
     */
    record Arr(List<Json> items) implements Json {
        /** Copies the items. */
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Arr(var same) && items.equals(same);
        }

        @Override
        public int hashCode() {
            return items.hashCode();
        }
    }

    /**
     * A string.
     *
     * @param text its characters, unescaped
     */
    record Str(String text) implements Json {
        /**
         * Checks the text.
         *
         * @throws IllegalArgumentException if it has a lone surrogate, which no file can hold
         */
        public Str {
            JsonPrinter.requireUnicode(text);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Str(var same) && text.equals(same);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** A number of either kind. */
    sealed interface Num extends Json {
        /**
         * The value as a double.
         *
         * @return the nearest double
         */
        double asDouble();
    }

    /**
     * A number written without fraction and exponent.
     *
     * @param value all of it
     */
    record Int(long value) implements Num {
        @Override
        public double asDouble() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Int(var same) && value == same;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(value);
        }
    }

    /**
     * A number written with a fraction or an exponent.
     *
     * @param value the nearest double
     */
    record Real(double value) implements Num {
        /**
         * Checks the value.
         *
         * @throws IllegalArgumentException if it is NaN or infinite, which JSON cannot say
         */
        public Real {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("JSON has no way to write " + value + "; write null or a string");
            }
        }

        @Override
        public double asDouble() {
            return value;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Real(var same) && Double.compare(value, same) == 0;
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value);
        }
    }

    /**
     * True or false.
     *
     * @param value which
     */
    record Bool(boolean value) implements Json {}

    /** The null value. */
    record Null() implements Json {}
}
