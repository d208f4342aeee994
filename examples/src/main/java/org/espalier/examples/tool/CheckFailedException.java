package org.espalier.examples.tool;

/** A check that the user asked for was not met: exit code 3. What was made before stays. */
final class CheckFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    CheckFailedException(String message) {
        super(message);
    }
}
