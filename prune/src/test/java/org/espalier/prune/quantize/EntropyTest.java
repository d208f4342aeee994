package org.espalier.prune.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.espalier.compressed.ActivationScale;
import org.junit.jupiter.api.Test;

class EntropyTest {

    @Test
    void anEvenHistogramKeepsItsRange() {
        var counts = new long[2048];
        Arrays.fill(counts, 5);

        assertEquals(2048, Entropy.best(counts));
    }

    @Test
    void anOutlierIsClippedWhereTheRestIsUneven() {
        // 128 bins of 1000 and 2000 in turn, and one value far out. With T at bin 128 each level is a bin, and Q is P
        // but for that one value. At bin 2048 a level is 16 bins and evens them out: ln(1000/1500)/3 +
        // ln(2000/1500)·2/3 = 0.057. Anywhere between, the last bin of P has the value and that of Q has nothing.
        var counts = new long[2048];
        for (int i = 0; i < 128; i++) {
            counts[i] = i % 2 == 0 ? 1000 : 2000;
        }
        counts[2047] = 1;

        assertEquals(128, Entropy.best(counts));
    }

    @Test
    void theThresholdIsTheEndOfTheBinAndZerosDoNotCount() {
        // The same histogram of magnitudes up to 1: a bin is 1/2048.
        var values = new float[100 + 64 * 10 + 64 * 20 + 1];
        int at = 100;
        for (int bin = 0; bin < 128; bin++) {
            for (int i = 0; i < (bin % 2 == 0 ? 10 : 20); i++) {
                values[at++] = (bin + 0.5f) / 2048 * (bin < 64 && i % 2 == 0 ? -1 : 1);
            }
        }
        values[at] = 1;

        assertEquals(ActivationScale.of(-63.5f / 2048, 128f / 2048), new Entropy().scale(values));
    }
}
