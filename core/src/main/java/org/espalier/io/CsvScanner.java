package org.espalier.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Walks through the fields of a CSV text (RFC 4180, any separator, line ends LF or CR LF), in memory or from a stream.
 *
 * <p>Idea: {@link #next} finds the next field and leaves its ends in {@link #start()} and {@link #end()}, without the
 * outer quotes and the blanks around it. Only a quoted field can have quotes inside, and there they are doubled: so two
 * fields are the same word if and only if their ranges have the same bytes, and nothing need be unescaped before it is
 * kept. Invariant: {@code at} is the next byte to be read; of a stream, the bytes from {@code keep} on are in the
 * buffer, which grows with the longest field. Cost: one pass, no allocation.
 */
final class CsvScanner {

    private static final int BUFFER = 1 << 16;
    private static final int LONGEST_FIELD = 1 << 20;
    private static final int LONGEST_QUOTE = 40;

    private final String source;
    private final byte separator;
    private final Charset charset;
    private InputStream in;
    private byte[] text;
    private int limit;
    private long base;
    private int keep;
    private int at;
    private int opening;
    private int start;
    private int end;
    private long row = 1;
    private int column;
    private boolean rowEnded;
    private List<String> names = List.of();

    private CsvScanner(String source, byte[] text, int limit, InputStream in, CsvOptions options) {
        this.source = source;
        this.text = text;
        this.limit = limit;
        this.in = in;
        this.separator = (byte) options.separator();
        this.charset = options.charset();
    }

    /** A text in memory. */
    static CsvScanner of(String source, byte[] text, CsvOptions options) throws IOException {
        return new CsvScanner(source, text, text.length, null, options).begun();
    }

    /** A stream, read to its end. */
    static CsvScanner of(String source, InputStream in, CsvOptions options) throws IOException {
        return new CsvScanner(source, new byte[BUFFER], 0, in, options).begun();
    }

    private CsvScanner begun() throws IOException {
        while (limit < FileKind.HEAD && more()) {
            // A kind of file shows in its first bytes.
        }
        byte[] head = Arrays.copyOf(text, Math.min(limit, FileKind.HEAD));
        if (FileKind.of(head).isNoTable()) {
            throw FileKind.mismatch(source, head, "a table as text (CSV)");
        }
        boolean mark = limit >= 3 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF;
        at = mark ? 3 : 0;
        return this;
    }

    /** From now on a complaint names the column as well. */
    void name(List<String> columns) {
        names = columns;
    }

    String source() {
        return source;
    }

    byte[] text() {
        return text;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Whether a row follows. Empty lines are no rows; in a table of one column they are only allowed at its end. */
    boolean hasRow() throws IOException {
        keep = at;
        boolean skipped = false;
        while (has() && (text[at] == '\n' || text[at] == '\r')) {
            endLine();
            keep = at;
            row++;
            skipped = true;
        }
        if (has() && skipped && names.size() == 1) {
            row--;
            throw problem(at - 1, "the line is empty; a missing value of a table with one column is written as \"\"");
        }
        return has();
    }

    /** Steps to the next field of this row; false if the row has ended, and the next call begins the next row. */
    boolean next() throws IOException {
        if (rowEnded) {
            rowEnded = false;
            row++;
            column = 0;
            return false;
        }
        column++;
        keep = at;
        skipBlanks();
        if (has() && text[at] == '"') {
            quoted();
        } else {
            plain();
        }
        while (end > start && isBlank(text[end - 1])) {
            end--;
        }
        if (has() && text[at] == separator) {
            at++;
        } else {
            rowEnded = true;
            endLine();
        }
        return true;
    }

    private void plain() throws IOException {
        start = at;
        while (has() && text[at] != separator && text[at] != '\n' && text[at] != '\r') {
            if (text[at] == '"') {
                throw problem(at, "a quote inside a field that does not begin with one");
            }
            at++;
        }
        end = at;
    }

    private void quoted() throws IOException {
        opening = at++;
        skipBlanks();
        start = at;
        while (true) {
            if (!has()) {
                throw problem(opening, "a quote that is never closed");
            }
            if (text[at] != '"') {
                at++;
                continue;
            }
            at++;
            if (!has() || text[at] != '"') {
                break;
            }
            at++;
        }
        end = at - 1;
        skipBlanks();
        if (has() && text[at] != separator && text[at] != '\n' && text[at] != '\r') {
            throw problem(at, "expected the end of the field after the closing quote");
        }
    }

    private void skipBlanks() throws IOException {
        while (has() && isBlank(text[at])) {
            at++;
        }
    }

    private boolean isBlank(byte c) {
        return (c == ' ' || c == '\t') && c != separator;
    }

    private void endLine() throws IOException {
        if (has() && text[at] == '\r') {
            at++;
            if (!has() || text[at] != '\n') {
                throw problem(at - 1, "a carriage return without a line feed");
            }
        }
        if (has()) {
            at++;
        }
    }

    private boolean has() throws IOException {
        return at < limit || more();
    }

    /** Brings more of the stream into the buffer, which then begins with what is kept; false at the end. */
    private boolean more() throws IOException {
        if (in == null) {
            return false;
        }
        if (limit == text.length && keep == 0) {
            if (text.length >= LONGEST_FIELD) {
                throw problem(at, "a field of more than " + LONGEST_FIELD + " bytes; is a closing quote missing?");
            }
            text = Arrays.copyOf(text, 2 * text.length);
        }
        System.arraycopy(text, keep, text, 0, limit - keep);
        base += keep;
        at -= keep;
        opening -= keep;
        start -= keep;
        end -= keep;
        limit -= keep;
        keep = 0;
        int count = 0;
        while (count == 0) {
            count = in.read(text, limit, text.length - limit);
        }
        if (count < 0) {
            in = null;
            return false;
        }
        limit += count;
        return true;
    }

    /** A complaint about the field that was read last. */
    FormatException problem(String what) {
        return problem(start, what);
    }

    private FormatException problem(int where, String what) {
        String name = column < 1
                ? ""
                : column > names.size()
                        ? ", column " + column
                        : ", column \"" + names.get(column - 1) + "\"";
        return new FormatException(source, base + where, "row " + row + name + ": " + what);
    }

    /** A complaint about a row that has just ended and has this number of fields. */
    FormatException ragged(int fields) {
        String last = fields < names.size()
                ? "it ends before column \"" + names.get(fields) + "\""
                : "there are more after column \"" + names.getLast() + "\"";
        return new FormatException(source, base + start,
                "row " + (row - 1) + ": expected " + names.size() + " fields but found " + fields + "; " + last);
    }

    /** The field that was read last, cut to a length fit for a message. */
    String quote() {
        int length = Math.min(end - start, LONGEST_QUOTE);
        String shown = new String(text, start, length, charset);
        return "\"" + shown + (length < end - start ? "\u2026\"" : "\"");
    }

    /** The text of the field that was read last. */
    String word() throws FormatException {
        try {
            return decode(charset, text, start, end);
        } catch (CharacterCodingException e) {
            throw problem("a word that is not " + charset + "; other files are read with withCharset(...)");
        }
    }

    /** The text of a field, its doubled quotes made single. */
    static String decode(Charset charset, byte[] text, int from, int to) throws CharacterCodingException {
        String word = charset.newDecoder().decode(ByteBuffer.wrap(text, from, to - from)).toString();
        return word.replace("\"\"", "\"");
    }

    /** The bytes of a field with this text. */
    static byte[] encode(Charset charset, String word) {
        return word.replace("\"", "\"\"").getBytes(charset);
    }

    /** Whether the field that was read last has these bytes. */
    boolean is(byte[] word) {
        return Arrays.equals(text, start, end, word, 0, word.length);
    }

    /** The field that was read last as plain text, for what is told by ASCII characters. */
    String ascii() {
        return new String(text, start, Math.min(end - start, LONGEST_QUOTE), StandardCharsets.ISO_8859_1);
    }
}
