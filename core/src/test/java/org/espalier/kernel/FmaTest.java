package org.espalier.kernel;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FmaTest {
    private final Random random = new Random(31);

    @Test
    void theEmulationHasTheBitsOfTheInstruction() {
        for (int i = 0; i < 300_000; i++) {
            float a = Float.intBitsToFloat(random.nextInt());
            float b = Float.intBitsToFloat(random.nextInt());
            check(a, b, Float.intBitsToFloat(random.nextInt()));
            // Sums that nearly cancel or lie near a tie are where a second rounding would show.
            check(a, b, -a * b);
            check(a, b, a * b * (1 + random.nextInt(9) * 0x1p-23f));
            check(1 + random.nextInt(4096) * 0x1p-12f, 1 + random.nextInt(4096) * 0x1p-12f,
                    Math.scalb(1 + random.nextInt(16) * 0x1p-4f, random.nextInt(60) - 30));
        }
    }

    @Test
    void specialValuesAgreeToo() {
        for (float a : FloatBits.SPECIAL) {
            for (float b : FloatBits.SPECIAL) {
                for (float c : FloatBits.SPECIAL) {
                    check(a, b, c);
                }
            }
        }
    }

    private static void check(float a, float b, float c) {
        FloatBits.assertSame(Math.fma(a, b, c), Fma.emulated(a, b, c), a + " · " + b + " + " + c);
        FloatBits.assertSame(Math.fma(a, b, c), Fma.of(a, b, c), a + " · " + b + " + " + c);
    }
}
