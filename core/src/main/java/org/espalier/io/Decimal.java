package org.espalier.io;

import java.nio.charset.StandardCharsets;

/**
 * Decimal numbers in bytes, in any locale the same: an optional sign, digits with an optional point (or a comma in its
 * place), an optional exponent.
 *
 * <p>Idea: up to 15 digits and a power of ten up to 22 are both exact doubles, so one multiplication or division rounds
 * once and gives the nearest double (Clinger's fast path). Rounding that to float could round a second time in the
 * wrong direction only if the double lies just between two floats; that case, and all longer numbers, go to the JDK. So
 * most fields cost no allocation, and every result is the float nearest to the number.
 *
 * <p>Reference: W. D. Clinger, "How to read floating point numbers accurately", PLDI 1990.
 */
final class Decimal {

    private static final int LONGEST = 1_000;
    private static final int MOST_DIGITS = 15;
    private static final int LARGEST_EXPONENT = 9_999;
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** The bits of a double that a float does not have, and the pattern that lies in the middle of them. */
    private static final long LOST_BITS = (1L << 29) - 1;

    private static final long MIDDLE = 1L << 28;

    private Decimal() {}

    /** Whether the bytes from {@code from} to {@code to} are one number of at most 1,000 characters. */
    static boolean isNumber(byte[] text, int from, int to, byte point) {
        int at = from < to && (text[from] == '+' || text[from] == '-') ? from + 1 : from;
        int digits = at;
        at = skipDigits(text, at, to);
        int count = at - digits;
        if (at < to && text[at] == point) {
            int fraction = at + 1;
            at = skipDigits(text, fraction, to);
            count += at - fraction;
        }
        if (count == 0) {
            return false;
        }
        if (at < to && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < to && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            int exponent = at;
            at = skipDigits(text, at, to);
            if (at == exponent) {
                return false;
            }
        }
        return at == to && to - from <= LONGEST;
    }

    private static int skipDigits(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at;
    }

    /** The float nearest to the number, which {@link #isNumber} has found good; infinite if it is beyond the floats. */
    static float toFloat(byte[] text, int from, int to, byte point) {
        long mantissa = 0;
        int digits = 0;
        int power = 0;
        boolean negative = text[from] == '-';
        boolean fraction = false;
        for (int at = negative || text[from] == '+' ? from + 1 : from; at < to; at++) {
            int c = text[at];
            if (c == point) {
                fraction = true;
            } else if (c == 'e' || c == 'E') {
                power += exponent(text, at + 1, to);
                break;
            } else {
                digits += mantissa > 0 || c != '0' ? 1 : 0;
                if (digits > MOST_DIGITS) {
                    return slow(text, from, to, point);
                }
                mantissa = mantissa * 10 + (c - '0');
                power -= fraction ? 1 : 0;
            }
        }
        if (mantissa == 0) {
            return negative ? -0.0f : 0.0f;
        }
        if (Math.abs(power) >= POWERS.length) {
            return slow(text, from, to, point);
        }
        double nearest = power < 0 ? mantissa / POWERS[-power] : mantissa * POWERS[power];
        boolean between = (Double.doubleToRawLongBits(nearest) & LOST_BITS) == MIDDLE;
        if (between || nearest < Float.MIN_NORMAL) {
            return slow(text, from, to, point);
        }
        return (float) (negative ? -nearest : nearest);
    }

    private static int exponent(byte[] text, int from, int to) {
        boolean signed = text[from] == '+' || text[from] == '-';
        int value = 0;
        for (int at = signed ? from + 1 : from; at < to; at++) {
            value = Math.min(LARGEST_EXPONENT, value * 10 + (text[at] - '0'));
        }
        return text[from] == '-' ? -value : value;
    }

    private static float slow(byte[] text, int from, int to, byte point) {
        String number = new String(text, from, to - from, StandardCharsets.US_ASCII);
        return Float.parseFloat(number.replace((char) point, '.'));
    }
}
