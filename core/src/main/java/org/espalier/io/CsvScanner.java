package org.espalier.io;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Walks through the fields of a CSV text (RFC 4180, any separator, line ends LF or CR LF).
 *
 * <p>Idea: {@link #next} finds the next field and leaves its ends in {@link #start()} and {@link #end()}, without the
 * outer quotes. Only a quoted field can have quotes inside, and there they are doubled: so two fields say the same if
 * and only if their ranges have the same bytes, and nothing need be unescaped before it is kept. Invariant: {@code at}
 * is the first byte of the next field, or just after the text. Cost: one pass, no allocation.
 */
final class CsvScanner {

    private static final int LONGEST_QUOTE = 40;

    private final String source;
    private final byte[] text;
    private final char separator;
    private final int textEnd;
    private int at;
    private int start;
    private int end;
    private int row = 1;
    private int column;
    private boolean rowEnded;

    /** Starts at index {@code from} of {@code text}. */
    CsvScanner(String source, byte[] text, int from, char separator) {
        this.source = source;
        this.text = text;
        this.separator = separator;
        this.at = from;
        int last = text.length;
        while (last > from && (text[last - 1] == '\n' || text[last - 1] == '\r')) {
            last--;
        }
        this.textEnd = last;
    }

    /** Whether a row follows; empty lines at the end are no rows. */
    boolean hasRow() {
        return at < textEnd;
    }

    /** The row that is being read, from 1. */
    int row() {
        return row;
    }

    /** Index of the next byte to be read. */
    int position() {
        return at;
    }

    int start() {
        return start;
    }

    int end() {
        return end;
    }

    /** Steps to the next field of this row; false if the row has ended, and the next call begins the next row. */
    boolean next() throws FormatException {
        if (rowEnded) {
            rowEnded = false;
            row++;
            column = 0;
            return false;
        }
        column++;
        start = at;
        if (at < text.length && text[at] == '"') {
            quoted();
        } else {
            plain();
        }
        if (at < text.length && text[at] == separator) {
            at++;
        } else {
            rowEnded = true;
            endLine();
        }
        return true;
    }

    private void plain() throws FormatException {
        while (at < text.length && text[at] != separator && text[at] != '\n' && text[at] != '\r') {
            if (text[at] == '"') {
                throw problem(at, "a quote inside a field that does not begin with one");
            }
            at++;
        }
        end = at;
    }

    private void quoted() throws FormatException {
        int opening = at++;
        start = at;
        while (at < text.length && (text[at] != '"' || at + 1 < text.length && text[at + 1] == '"')) {
            at += text[at] == '"' ? 2 : 1;
        }
        if (at >= text.length) {
            throw problem(opening, "a quote that is never closed");
        }
        end = at++;
        if (at < text.length && text[at] != separator && text[at] != '\n' && text[at] != '\r') {
            throw problem(at, "expected the end of the field after the closing quote");
        }
    }

    private void endLine() throws FormatException {
        if (at < text.length && text[at] == '\r') {
            at++;
            if (at == text.length || text[at] != '\n') {
                throw problem(at - 1, "a carriage return without a line feed");
            }
        }
        if (at < text.length) {
            at++;
        }
    }

    /** A complaint about the field that was read last, or the place {@code where} in it. */
    FormatException problem(int where, String what) {
        return new FormatException(source, where, "row " + row + ", column " + column + ": " + what);
    }

    /** The field that was read last, cut to a length fit for a message. */
    String quote() {
        int length = Math.min(end - start, LONGEST_QUOTE);
        String shown = new String(text, start, length, StandardCharsets.UTF_8);
        return "\"" + shown + (length < end - start ? "\u2026\"" : "\"");
    }

    /** The text of the field between {@code from} and {@code to}, its doubled quotes made single. */
    static String decode(String source, byte[] text, int from, int to) throws FormatException {
        try {
            ByteBuffer field = ByteBuffer.wrap(text, from, to - from);
            return StandardCharsets.UTF_8.newDecoder().decode(field).toString().replace("\"\"", "\"");
        } catch (CharacterCodingException e) {
            throw new FormatException(source, from, "a field that is not UTF-8", e);
        }
    }
}
