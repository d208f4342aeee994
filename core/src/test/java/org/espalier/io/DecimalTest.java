package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {

    private static boolean isNumber(String text) {
        byte[] bytes = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
        return Decimal.isNumber(bytes, 1, bytes.length - 1, (byte) '.');
    }

    private static float toFloat(String text) {
        byte[] bytes = ("9" + text + "9").getBytes(StandardCharsets.UTF_8);
        assertTrue(Decimal.isNumber(bytes, 1, bytes.length - 1, (byte) '.'), text);
        return Decimal.toFloat(bytes, 1, bytes.length - 1, (byte) '.');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "+", "-", ".", "-.", "e1", ".e1", "1e", "1e+", "1e-", "1e1.0", "1.2.3", "1,5", "1 2", " 1", "1 ",
                "--1", "+-1", "0x10", "1f", "1d", "1_0", "NaN", "Infinity", "\u0661", "1e5e5", "1\0"
            })
    void textThatIsNoPlainDecimalIsRefused(String text) {
        assertFalse(isNumber(text));
    }

    @Test
    void aNumberMayHaveAThousandCharactersAndNoMore() {
        assertTrue(isNumber("1".repeat(1_000)));
        assertFalse(isNumber("1".repeat(1_001)));
    }

    /** The nearest float of the exact decimal value is the oracle; {@code Float.parseFloat} is not asked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0", "1", "+1", "-1", "007", "1.", ".5", "-.5", "1.50", "1e3", "1E+3", "1e-3", "0.1", "16777216",
                "16777217", "16777217.0000000001", "16777219", "1e22", "1e23", "123456789012345",
                "123456789012345e22", "1234567890123456", "3.4028235e38", "3.4028234e38", "1.17549435e-38",
                "1.4e-45", "7.0e-46", "7.1e-46", "1e-50", "0.00000000000000000000000001", "8388608.5", "8388609.5",
                "1.00000017881393432617187499", "1e-9999",
                "0.000000000000000000000000000000000000000000001401298464324817", "1.00000017881393432617187500"
            })
    void theNearestFloatIsGiven(String text) {
        assertEquals(new BigDecimal(text).floatValue(), toFloat(text), text);
    }

    @Test
    void zeroKeepsItsSign() {
        assertEquals(0.0f, toFloat("0e5"));
        assertEquals(-0.0f, toFloat("-0.000"));
        assertEquals(0.0f, toFloat("0e999999999999"));
    }

    @Test
    void whatIsBeyondTheFloatsIsInfinite() {
        assertEquals(Float.POSITIVE_INFINITY, toFloat("1e39"));
        assertEquals(Float.NEGATIVE_INFINITY, toFloat("-1e999999999"));
        assertEquals(Float.POSITIVE_INFINITY, toFloat("3.4028236e38"));
    }

    @Test
    void everyFloatComesBackFromItsOwnText() {
        var random = new SplittableRandom(13);
        for (int round = 0; round < 100_000; round++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                assertEquals(value, toFloat(Float.toString(value)));
            }
        }
    }

    @Test
    void theMiddleBetweenTwoFloatsRoundsOnceAndToEven() {
        var random = new SplittableRandom(17);
        for (int round = 0; round < 20_000; round++) {
            float low = Float.intBitsToFloat(random.nextInt(0x3000_0000, 0x5000_0000));
            BigDecimal middle = new BigDecimal(low).add(new BigDecimal(Math.nextUp(low))).divide(BigDecimal.TWO);
            BigDecimal crumb = middle.ulp().movePointLeft(random.nextInt(3));
            for (BigDecimal value : new BigDecimal[] {middle, middle.add(crumb), middle.subtract(crumb)}) {
                float expected = value.compareTo(middle) < 0 ? low : Math.nextUp(low);
                if (value.equals(middle) && (Float.floatToIntBits(low) & 1) == 0) {
                    expected = low;
                }
                assertEquals(expected, toFloat(value.toString()), value.toString());
            }
            // Often the double nearest to this one is the middle itself: rounding that again would be wrong.
            BigDecimal close = middle.round(new MathContext(15));
            int side = close.compareTo(middle);
            if (side != 0) {
                assertEquals(side < 0 ? low : Math.nextUp(low), toFloat(close.toString()), close.toString());
            }
        }
    }

    @Test
    void shortNumbersOfEverySizeAreTheNearestFloat() {
        var random = new SplittableRandom(19);
        for (int round = 0; round < 100_000; round++) {
            long digits = random.nextLong(1L << random.nextInt(1, 60));
            String text = digits + "e" + random.nextInt(-60, 40);
            assertEquals(new BigDecimal(text).floatValue(), toFloat(text), text);
        }
    }
}
