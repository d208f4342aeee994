package org.espalier.io;

import java.nio.charset.StandardCharsets;

/**
 * Walks through JSON text (RFC 8259) in UTF-8 without building a tree.
 *
 * <p>Idea: the caller knows what it wants next and asks for it ({@link #beginObject()}, {@link #nextName},
 * {@link #string}, …); anything else in the text is a {@link FormatException} at that byte. So a reader of a fixed
 * structure allocates only what it keeps, and a hostile text cannot make it build anything. Invariant: {@code at} is
 * the next unread byte. Cost: one pass, one byte of look-ahead, memory for the strings asked for.
 */
final class JsonReader {

    private static final int LONGEST_NUMBER = 1_000;

    private final String source;
    private final byte[] text;
    private final int end;
    private final long base;
    private final boolean[] untouched = new boolean[Json.MAX_DEPTH + 1];
    private int depth;
    private int at;
    private int stringStart;

    /** Reads all of {@code text}; {@code base} is the file offset of its first byte, for the messages. */
    JsonReader(String source, byte[] text, long base) {
        this.source = source;
        this.text = text;
        this.end = text.length;
        this.base = base;
    }

    /** A complaint about the next unread byte. */
    FormatException expected(String what) {
        return new FormatException(source, offset(), "expected " + what + " but found " + describe(at));
    }

    /** A complaint about a value, pointing at {@code offset}. */
    FormatException problem(long offset, String what) {
        return new FormatException(source, offset, what);
    }

    /** File offset of the next unread byte. */
    long offset() {
        return base + at;
    }

    /** Index into the text of the first character of the string read last. */
    int stringStart() {
        return stringStart;
    }

    /** Index into the text just after the string read last, or after whatever was read last. */
    int position() {
        return at;
    }

    /** The byte that decides what the next value is, or −1 at the end of the text. */
    int peek() {
        skipSpace();
        return at < end ? text[at] : -1;
    }

    void beginObject() throws FormatException {
        begin('{', "an object");
    }

    void beginArray() throws FormatException {
        begin('[', "an array");
    }

    /**
     * The name of the object's next member, with its colon read, or null if the object has ended; {@code usual} as in
     * {@link #string}.
     */
    String nextName(String... usual) throws FormatException {
        if (!next('}', "a comma or the end of the object")) {
            return null;
        }
        if (peek() != '"') {
            throw expected("a member name");
        }
        String name = string(usual);
        take(':', "a colon");
        return name;
    }

    /** Whether the array has a next element; its value must be read then. */
    boolean nextElement() throws FormatException {
        return next(']', "a comma or the end of the array");
    }

    private void begin(char open, String what) throws FormatException {
        take(open, what);
        if (depth == Json.MAX_DEPTH) {
            throw problem(offset() - 1, "nested deeper than " + Json.MAX_DEPTH + " levels");
        }
        untouched[++depth] = true;
    }

    private boolean next(char close, String what) throws FormatException {
        int head = peek();
        if (head == close) {
            at++;
            depth--;
            return false;
        }
        if (untouched[depth]) {
            untouched[depth] = false;
        } else {
            take(',', what);
        }
        return true;
    }

    /** Refuses anything but white space after the last value. */
    void end() throws FormatException {
        if (peek() != -1) {
            throw expected("the end of the text");
        }
    }

    /** Reads one of {@code true}, {@code false} and {@code null}. */
    void literal(String word) throws FormatException {
        skipSpace();
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= end || text[at + i] != word.charAt(i)) {
                throw expected(word);
            }
        }
        at += word.length();
    }

    /**
     * Reads an integer: digits with an optional minus sign; −0, fractions, exponents, more than 64 bits are refused.
     */
    long integer() throws FormatException {
        if (peek() != '-' && !isDigit(at)) {
            throw expected("an integer");
        }
        int start = at;
        if (!scanNumber()) {
            throw problem(base + start, "expected an integer without fraction or exponent");
        }
        return wholeNumber(start);
    }

    /** Reads a number of either kind. */
    Json.Num number() throws FormatException {
        if (peek() != '-' && !isDigit(at)) {
            throw expected("a number");
        }
        int start = at;
        return scanNumber() ? new Json.Int(wholeNumber(start)) : realNumber(start);
    }

    /** Steps over a number and says whether it is an integer; −0 counts as a real, for its sign. */
    private boolean scanNumber() throws FormatException {
        int start = at;
        if (text[at] == '-') {
            at++;
        }
        int first = at;
        digits();
        boolean zero = text[first] == '0';
        if (zero && at > first + 1) {
            throw problem(base + start, "a number may not start with 0");
        }
        int integerEnd = at;
        if (at < end && text[at] == '.') {
            at++;
            digits();
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < end && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            digits();
        }
        if (at - start > LONGEST_NUMBER) {
            throw problem(base + start, "a number of " + (at - start) + " characters");
        }
        return at == integerEnd && !(zero && text[start] == '-');
    }

    private long wholeNumber(int start) throws FormatException {
        boolean negative = text[start] == '-';
        try {
            long value = 0;
            for (int i = negative ? start + 1 : start; i < at; i++) {
                int digit = text[i] - '0';
                value = Math.multiplyExact(value, 10L);
                value = negative ? Math.subtractExact(value, digit) : Math.addExact(value, digit);
            }
            return value;
        } catch (ArithmeticException e) {
            throw new FormatException(source, base + start, "an integer that does not fit in 64 bits", e);
        }
    }

    private Json.Real realNumber(int start) throws FormatException {
        double value = Double.parseDouble(new String(text, start, at - start, StandardCharsets.US_ASCII));
        if (Double.isInfinite(value)) {
            throw problem(base + start, "a number beyond the range of double");
        }
        return new Json.Real(value);
    }

    private void digits() throws FormatException {
        if (!isDigit(at)) {
            throw expected("a digit");
        }
        while (isDigit(at)) {
            at++;
        }
    }

    private boolean isDigit(int index) {
        return index < end && text[index] >= '0' && text[index] <= '9';
    }

    /** Reads a string; if it is one of {@code usual}, gives that instance and allocates nothing. */
    String string(String... usual) throws FormatException {
        take('"', "a string");
        stringStart = at;
        int i = at;
        while (i < end && text[i] >= ' ' && text[i] != '"' && text[i] != '\\') {
            i++;
        }
        if (i >= end || text[i] != '"') {
            return mixedString();
        }
        at = i + 1;
        for (String word : usual) {
            if (isAt(stringStart, i, word)) {
                return word;
            }
        }
        return stringStart == i ? "" : new String(text, stringStart, i - stringStart, StandardCharsets.ISO_8859_1);
    }

    private boolean isAt(int from, int to, String word) {
        boolean same = word.length() == to - from;
        for (int i = 0; same && i < word.length(); i++) {
            same = text[from + i] == word.charAt(i);
        }
        return same;
    }

    private String mixedString() throws FormatException {
        var out = new StringBuilder();
        while (true) {
            if (at >= end) {
                throw expected("the closing quote of the string");
            }
            int head = text[at];
            if (head == '"') {
                at++;
                return out.toString();
            } else if (head == '\\') {
                out.appendCodePoint(escape());
            } else if (head < 0) {
                out.appendCodePoint(utf8());
            } else if (head < ' ') {
                throw expected("no bare control character in a string");
            } else {
                out.append((char) head);
                at++;
            }
        }
    }

    private int escape() throws FormatException {
        int start = at;
        at++;
        int kind = at < end ? text[at++] : -1;
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                char first = hex4();
                if (!Character.isSurrogate(first)) {
                    yield first;
                }
                boolean another = at + 1 < end && text[at] == '\\' && text[at + 1] == 'u';
                if (another && Character.isHighSurrogate(first)) {
                    at += 2;
                    char second = hex4();
                    if (Character.isLowSurrogate(second)) {
                        yield Character.toCodePoint(first, second);
                    }
                }
                throw problem(base + start, "a surrogate escape without its other half");
            }
            default -> throw problem(base + start, "an escape that JSON does not have");
        };
    }

    private char hex4() throws FormatException {
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = at < end ? Character.digit(text[at], 16) : -1;
            if (digit < 0) {
                throw expected("four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    /** One code point of two to four bytes (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF. */
    private int utf8() throws FormatException {
        int head = text[at] & 0xFF;
        int length = head >= 0xF0 ? 4 : head >= 0xE0 ? 3 : 2;
        int least = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80;
        boolean good = head >= 0xC2 && head <= 0xF4 && at + length <= end;
        int point = head & (0xFF >> (length + 1));
        for (int i = 1; good && i < length; i++) {
            good = (text[at + i] & 0xC0) == 0x80;
            point = point << 6 | text[at + i] & 0x3F;
        }
        if (!good || point < least || point > 0x10FFFF || point >= 0xD800 && point <= 0xDFFF) {
            throw expected("UTF-8");
        }
        at += length;
        return point;
    }

    private void take(char wanted, String what) throws FormatException {
        if (peek() != wanted) {
            throw expected(what);
        }
        at++;
    }

    private void skipSpace() {
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private String describe(int index) {
        if (index >= end) {
            return "the end of the text";
        }
        int value = text[index] & 0xFF;
        return value > ' ' && value < 0x7F ? "'" + (char) value + "'" : "byte 0x" + Integer.toHexString(value);
    }
}
