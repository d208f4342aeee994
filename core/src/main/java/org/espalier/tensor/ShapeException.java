package org.espalier.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Says that the shapes given to an operation do not fit it: names the operation, the shapes and what is wrong. */
public final class ShapeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** An exception with this message. */
    public ShapeException(String message) {
        super(message);
    }

    /** "{@code matmul: inner sizes differ: [2, 3] and [4, 5]}": the form every operation of the library uses. */
    public static ShapeException of(String op, String problem, Shape... shapes) {
        var list = Arrays.stream(shapes).map(Shape::toString).collect(Collectors.joining(" and "));
        return new ShapeException(op + ": " + problem + (shapes.length == 0 ? "" : ": " + list));
    }
}
