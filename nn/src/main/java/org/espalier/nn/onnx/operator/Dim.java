package org.espalier.nn.onnx.operator;

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

    /** The sum, or null if it is no multiple of one size. */
    public Dim plus(Dim other) {
        if (symbol.equals(other.symbol)) {
            return simplified(Math.addExact(factor, other.factor), symbol);
        }
        return other.is(0) ? this : is(0) ? other : null;
    }

    /** The negative. */
    public Dim negated() {
        return new Dim(Math.negateExact(factor), symbol);
    }

    /** The product, or null if it is no multiple of one size. */
    public Dim times(Dim other) {
        if (!isKnown() && !other.isKnown()) {
            return null;
        }
        return simplified(Math.multiplyExact(factor, other.factor), symbol + other.symbol);
    }

    /** The quotient, or null if it does not divide without remainder for every value of the open size. */
    public Dim div(Dim other) {
        if (other.factor == 0 || factor % other.factor != 0) {
            return null;
        }
        if (other.isKnown()) {
            return simplified(factor / other.factor, symbol);
        }
        return symbol.equals(other.symbol) ? of(factor / other.factor) : null;
    }

    private static Dim simplified(long factor, String symbol) {
        return new Dim(factor, factor == 0 ? "" : symbol);
    }

    @Override
    public String toString() {
        return isKnown() ? Long.toString(factor) : factor == 1 ? symbol : factor + "*" + symbol;
    }
}
