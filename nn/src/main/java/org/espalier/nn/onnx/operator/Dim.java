package org.espalier.nn.onnx.operator;

import java.util.Optional;

/**
 * A size along an axis, or an integer computed from sizes, that may depend on the input: {@code factor} times a named
 * size, or the number {@code factor} if the name is empty.
 *
 * @param factor the number, or how often the named size is taken
 * @param symbol the name of an open size, such as {@code batch}; empty for a number
 */
public record Dim(long factor, String symbol) {
    /** A number. */
    public static Dim of(long number) {
        return new Dim(number, "");
    }

    /** An open size. */
    public static Dim open(String symbol) {
        return new Dim(1, symbol);
    }

    /** Whether it is a number. */
    public boolean isKnown() {
        return symbol.isEmpty();
    }

    /** Whether it is this number. */
    public boolean is(long number) {
        return isKnown() && factor == number;
    }

    /** The sum; empty if it is no multiple of one size. */
    public Optional<Dim> plus(Dim other) {
        if (symbol.equals(other.symbol)) {
            return Optional.of(simplified(Math.addExact(factor, other.factor), symbol));
        }
        return other.is(0) ? Optional.of(this) : is(0) ? Optional.of(other) : Optional.empty();
    }

    /** The negative. */
    public Dim negated() {
        return new Dim(Math.negateExact(factor), symbol);
    }

    /** The product; empty if it is no multiple of one size. */
    public Optional<Dim> times(Dim other) {
        return isKnown() || other.isKnown()
                ? Optional.of(simplified(Math.multiplyExact(factor, other.factor), symbol + other.symbol))
                : Optional.empty();
    }

    /** The quotient; empty if it does not divide without remainder for every value of the open size. */
    public Optional<Dim> div(Dim other) {
        if (other.factor == 0 || factor % other.factor != 0) {
            return Optional.empty();
        }
        if (other.isKnown()) {
            return Optional.of(simplified(factor / other.factor, symbol));
        }
        return symbol.equals(other.symbol) ? Optional.of(of(factor / other.factor)) : Optional.empty();
    }

    private static Dim simplified(long factor, String symbol) {
        return new Dim(factor, factor == 0 ? "" : symbol);
    }

    @Override
    public String toString() {
        return isKnown() ? Long.toString(factor) : factor == 1 ? symbol : factor + "*" + symbol;
    }
}
