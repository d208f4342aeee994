package org.espalier.io;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.espalier.tensor.Shape;

/**
 * The header of an NPY file: a Python dictionary with exactly the keys {@code descr}, {@code fortran_order} and
 * {@code shape}. NumPy evaluates it; here a small grammar is enough, and nothing else gets through.
 *
 * <pre>
 *   header = "{" entry ("," entry)* [","] "}" " "* "\n"
 *   entry  = string ":" (string | "True" | "False" | "(" [size ("," size)* [","]] ")")
 *   size   = integer ["L"]
 *   string = a quote, characters but quotes and backslashes, the same quote
 * </pre>
 *
 * <p>The L is how Python 2 writes some integers. A type without a byte order, or with {@code =} for that of the machine
 * that wrote it, is taken for little-endian, as nearly every machine is.
 *
 * @param type the element type
 * @param bigEndian whether the most significant byte of an element comes first
 * @param fortranOrder whether the first index runs fastest
 * @param shape the sizes
 */
record NpyHeader(DType type, boolean bigEndian, boolean fortranOrder, Shape shape) {

    /** Most characters of a header: NumPy's own limit for files of strangers. */
    static final int LONGEST = 10_000;

    private static final int LARGEST_RANK = 64;

    static NpyHeader parse(String source, byte[] text, long base) throws FormatException {
        return new Parser(source, text, base).header();
    }

    /** The text NumPy would write, without padding. */
    static String print(DType type, Shape shape) {
        if (type.npy().isEmpty()) {
            throw new IllegalArgumentException("NPY has no elements of type " + type);
        }
        String sizes = Arrays.stream(shape.dims()).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String tuple = shape.rank() == 1 ? "(" + sizes + ",)" : "(" + sizes + ")";
        String order = type.bytes() == 1 ? "|" : "<";
        return "{'descr': '" + order + type.npy() + "', 'fortran_order': False, 'shape': " + tuple + ", }";
    }

    /** Invariant: {@code at} is the next unread character. */
    private static final class Parser {
        private final String source;
        private final byte[] text;
        private final long base;
        private int at;
        private DType type;
        private boolean bigEndian;
        private Boolean fortranOrder;
        private Shape shape;

        Parser(String source, byte[] text, long base) {
            this.source = source;
            this.text = text;
            this.base = base;
        }

        NpyHeader header() throws FormatException {
            take('{');
            while (!accept('}')) {
                entry();
                if (!accept(',') && peek() != '}') {
                    throw problem(at, "expected a comma or the end of the dictionary");
                }
            }
            if (type == null || fortranOrder == null || shape == null) {
                throw problem(at, "expected the keys descr, fortran_order and shape");
            }
            while (at < text.length && text[at] == ' ') {
                at++;
            }
            if (at != text.length - 1 || text[at] != '\n') {
                throw problem(at, "expected spaces and one line end after the dictionary");
            }
            return new NpyHeader(type, bigEndian, fortranOrder, shape);
        }

        private void entry() throws FormatException {
            int start = at;
            String key = string();
            take(':');
            boolean again =
                    switch (key) {
                        case "descr" -> type != null;
                        case "fortran_order" -> fortranOrder != null;
                        case "shape" -> shape != null;
                        default -> throw problem(start, "unknown key '" + key + "'");
                    };
            if (again) {
                throw problem(start, "key '" + key + "' appears twice");
            }
            switch (key) {
                case "descr" -> descr();
                case "fortran_order" -> fortranOrder = truth();
                default -> shape = tuple();
            }
        }

        private void descr() throws FormatException {
            if (peek() == '[') {
                throw new NotNumbersException(source, base + at, "an array of structures");
            }
            int start = at;
            String descr = string();
            if (descr.contains("O")) {
                throw new NotNumbersException(source, base + start, "an array of Python objects (pickle)");
            }
            char order = descr.isEmpty() ? ' ' : descr.charAt(0);
            boolean said = "<>=|".indexOf(order) >= 0;
            type = DType.ofNpy(said ? descr.substring(1) : descr).orElse(null);
            if (type == null || order == '|' && type.bytes() > 1) {
                throw new NotNumbersException(source, base + start, "elements of type '" + descr + "'");
            }
            bigEndian = order == '>';
        }

        private boolean truth() throws FormatException {
            for (boolean value : new boolean[] {true, false}) {
                String word = value ? "True" : "False";
                peek();
                if (text.length - at >= word.length() && word.equals(ascii(at, at + word.length()))) {
                    at += word.length();
                    return value;
                }
            }
            throw problem(at, "expected True or False");
        }

        private Shape tuple() throws FormatException {
            peek();
            int start = at;
            var dims = new int[LARGEST_RANK];
            int rank = 0;
            boolean comma = true;
            take('(');
            while (!accept(')')) {
                if (!comma || rank == LARGEST_RANK) {
                    throw problem(at, comma ? "more than " + LARGEST_RANK + " sizes" : "expected a comma or ')'");
                }
                dims[rank++] = size();
                comma = accept(',');
            }
            if (rank == 1 && !comma) {
                throw problem(at, "expected a tuple: one size needs a comma");
            }
            try {
                return Shape.of(Arrays.copyOf(dims, rank));
            } catch (IllegalArgumentException e) {
                throw new FormatException(
                        source, base + start, "a shape this library cannot hold: " + e.getMessage(), e);
            }
        }

        private int size() throws FormatException {
            long value = 0;
            int digit = Character.digit(peek(), 10);
            int start = at;
            if (digit < 0) {
                throw problem(at, "expected a size");
            }
            while (digit >= 0) {
                value = value * 10 + digit;
                if (value > Integer.MAX_VALUE) {
                    throw problem(start, "a size beyond 2^31 - 1");
                }
                at++;
                digit = at < text.length ? Character.digit(text[at], 10) : -1;
            }
            if (text[start] == '0' && at > start + 1) {
                throw problem(start, "a size may not start with 0");
            }
            if (at < text.length && text[at] == 'L') {
                at++;
            }
            return (int) value;
        }

        private String string() throws FormatException {
            int quote = peek();
            if (quote != '\'' && quote != '"') {
                throw problem(at, "expected a string");
            }
            int start = ++at;
            while (at < text.length && text[at] != quote) {
                if (text[at] < ' ' || text[at] == '\\') {
                    throw problem(at, "expected plain characters in a string");
                }
                at++;
            }
            if (at == text.length) {
                throw problem(start, "a string without an end");
            }
            return ascii(start, at++);
        }

        private String ascii(int from, int to) {
            var characters = new StringBuilder(to - from);
            for (int i = from; i < to; i++) {
                characters.append((char) text[i]);
            }
            return characters.toString();
        }

        private void take(char wanted) throws FormatException {
            if (!accept(wanted)) {
                throw problem(at, "expected '" + wanted + "'");
            }
        }

        private boolean accept(char wanted) {
            if (peek() != wanted) {
                return false;
            }
            at++;
            return true;
        }

        /** The next character that is no space, or −1 at the end. */
        private int peek() {
            while (at < text.length && text[at] == ' ') {
                at++;
            }
            return at < text.length ? text[at] : -1;
        }

        private FormatException problem(int where, String what) {
            return new FormatException(source, base + where, what);
        }
    }
}
