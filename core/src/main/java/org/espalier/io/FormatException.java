package org.espalier.io;

import java.io.IOException;

/**
 * A file (or a text) is not what its format says it must be: damaged, truncated, hostile, or of a kind this library
 * does not read. The message names the source, the byte offset and what was expected there.
 */
public sealed class FormatException extends IOException permits NotNumbersException {

    /** The {@link #offset()} of a complaint that belongs to the whole source and not to one place in it. */
    public static final long NO_OFFSET = -1;

    private static final long serialVersionUID = 1L;

    /** The source's name. */
    private final String source;

    /** The byte offset of the complaint. */
    private final long offset;

    /**
     * A complaint at one place.
     *
     * @param source the file, archive entry or text that was being read
     * @param offset bytes from the start of the source, or {@link #NO_OFFSET}
     * @param problem what was expected and what was found
     */
    public FormatException(String source, long offset, String problem) {
        super(offset == NO_OFFSET ? source + ": " + problem : source + ", offset " + offset + ": " + problem);
        this.source = source;
        this.offset = offset;
    }

    /**
     * A complaint about the whole source.
     *
     * @param source the file, archive entry or text that was being read
     * @param problem what was expected and what was found
     */
    public FormatException(String source, String problem) {
        this(source, NO_OFFSET, problem);
    }

    /**
     * The same complaint with the lower-level exception that led to it.
     *
     * @param source the file, archive entry or text that was being read
     * @param offset bytes from the start of the source, or {@link #NO_OFFSET}
     * @param problem what was expected and what was found
     * @param cause the exception that reported it
     */
    public FormatException(String source, long offset, String problem, Throwable cause) {
        this(source, offset, problem);
        initCause(cause);
    }

    /**
     * Says where the bytes came from.
     *
     * @return the file, archive entry or text
     */
    public String source() {
        return source;
    }

    /**
     * Says where in the source the complaint lies.
     *
     * @return bytes from the start of the source, or {@link #NO_OFFSET}
     */
    public long offset() {
        return offset;
    }
}
