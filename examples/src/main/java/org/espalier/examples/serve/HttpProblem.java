package org.espalier.examples.serve;

/** What is wrong with a request, with the status that says so. */
final class HttpProblem extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    HttpProblem(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
