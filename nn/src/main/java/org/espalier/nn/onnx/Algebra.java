package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.DType;

/**
 * Reads expressions that exporters write in several orders: products as their factors, and polynomials of one value as
 * their coefficients. Expressions deeper than {@value #DEEPEST} are not looked into.
 */
final class Algebra {
    private static final int DEEPEST = 8;
    private static final int DEGREE = 3;
    /** Constants written as float32, and products of two of them. */
    private static final double TOLERANCE = 3e-7;

    private Algebra() {}

    /** A product: a number and what it is multiplied with. */
    record Factors(double coefficient, List<Value> values) {}

    /** Whether a number is another but for the rounding of float32. */
    static boolean near(double actual, double expected) {
        return Math.abs(actual - expected) <= TOLERANCE * Math.abs(expected);
    }

    /** A constant of one float, or NaN. */
    static double number(Value value) {
        boolean single = value != null && value.isConstant() && value.type() == DType.F32
                && value.constant().shape().size() == 1;
        return single ? value.constant().tensor().item() : Double.NaN;
    }

    /** The factors of a value, itself if it is no product. */
    static Factors factors(Value value) {
        var found = new ArrayList<Value>();
        double coefficient = factors(value, found, 0);
        return new Factors(coefficient, found);
    }

    private static double factors(Value value, List<Value> found, int depth) {
        double number = number(value);
        if (!Double.isNaN(number)) {
            return number;
        }
        var step = value.step();
        if (step != null && depth < DEEPEST && step.is("Mul")) {
            return factors(step.input(0), found, depth + 1) * factors(step.input(1), found, depth + 1);
        }
        if (step != null && depth < DEEPEST && step.is("Div") && !Double.isNaN(number(step.input(1)))) {
            return factors(step.input(0), found, depth + 1) / number(step.input(1));
        }
        found.add(value);
        return 1;
    }

    /** The value's coefficients as a polynomial of {@code x}, up to the third power; null if it is none. */
    static double[] polynomial(Value value, Value x) {
        return polynomial(value, x, 0);
    }

    private static double[] polynomial(Value value, Value x, int depth) {
        if (value == x) {
            return new double[] {0, 1, 0, 0};
        }
        double number = number(value);
        if (!Double.isNaN(number)) {
            return new double[] {number, 0, 0, 0};
        }
        var step = value.step();
        if (step == null || depth == DEEPEST || !step.node().domain().isEmpty()) {
            return null;
        }
        return switch (step.node().operator()) {
            case "Add" -> sum(polynomial(step.input(0), x, depth + 1), 1, polynomial(step.input(1), x, depth + 1));
            case "Sub" -> sum(polynomial(step.input(0), x, depth + 1), -1, polynomial(step.input(1), x, depth + 1));
            case "Mul" -> product(polynomial(step.input(0), x, depth + 1), polynomial(step.input(1), x, depth + 1));
            case "Div" -> quotient(polynomial(step.input(0), x, depth + 1), number(step.input(1)));
            case "Pow" -> power(polynomial(step.input(0), x, depth + 1), number(step.input(1)));
            default -> null;
        };
    }

    private static double[] sum(double[] a, double sign, double[] b) {
        if (a == null || b == null) {
            return null;
        }
        var sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += sign * b[i];
        }
        return sum;
    }

    private static double[] product(double[] a, double[] b) {
        if (a == null || b == null) {
            return null;
        }
        var product = new double[DEGREE + 1];
        for (int i = 0; i <= DEGREE; i++) {
            for (int j = 0; j <= DEGREE; j++) {
                if (i + j <= DEGREE) {
                    product[i + j] += a[i] * b[j];
                } else if (a[i] * b[j] != 0) {
                    return null;
                }
            }
        }
        return product;
    }

    private static double[] quotient(double[] a, double divisor) {
        return a == null || Double.isNaN(divisor) ? null : product(a, new double[] {1 / divisor, 0, 0, 0});
    }

    private static double[] power(double[] a, double exponent) {
        if (a == null || exponent != 2 && exponent != DEGREE) {
            return null;
        }
        var square = product(a, a);
        return exponent == 2 ? square : product(square, a);
    }

    /** Whether a value is this polynomial of {@code x} but for the rounding of float32, exact where it says 0 or 1. */
    static boolean is(Value value, Value x, double... expected) {
        var actual = polynomial(value, x);
        if (actual == null) {
            return false;
        }
        for (int i = 0; i < actual.length; i++) {
            double wanted = i < expected.length ? expected[i] : 0;
            boolean same = wanted == 0 || wanted == 1 ? actual[i] == wanted : near(actual[i], wanted);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** What a value is made of by sums and products that this operator gives; null if there is none. */
    static Value inside(Value value, String operator) {
        return inside(value, operator, 0);
    }

    private static Value inside(Value value, String operator, int depth) {
        var step = value == null ? null : value.step();
        if (step == null || depth == DEEPEST) {
            return null;
        }
        if (step.is(operator)) {
            return value;
        }
        if (!step.is("Add") && !step.is("Sub") && !step.is("Mul") && !step.is("Div")) {
            return null;
        }
        var left = inside(step.input(0), operator, depth + 1);
        return left != null ? left : inside(step.input(1), operator, depth + 1);
    }
}
