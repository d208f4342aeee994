package org.espalier.io;

/** An array is valid, but its elements are not numbers. */
final class NotNumbersException extends FormatException {

    private static final long serialVersionUID = 1L;

    /** What its elements are. */
    private final String elements;

    NotNumbersException(String source, long offset, String elements) {
        super(source, offset, elements + ": only plain numbers are read");
        this.elements = elements;
    }

    String elements() {
        return elements;
    }
}
