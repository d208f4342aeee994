package org.espalier.nn.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class OutputDecoderTest {
    private static final float LOG_3 = (float) Math.log(3);

    @Test
    void aLogitIsTheProbabilityOfThePositiveClass() {
        var decoder = new OutputDecoder(new Target.Binary("outcome", "good", "bad", 0.5f), false);
        var into = new float[3];
        decoder.probabilities(new float[] {9, LOG_3}, 1, into, 1);
        assertArrayEquals(new float[] {0, 0.25f, 0.75f}, into, 1e-6f);
        assertEquals(2, decoder.width());
        assertEquals(1, decoder.classOf(new float[] {-1, LOG_3}, 1));
        assertEquals(0, decoder.classOf(new float[] {-1, LOG_3}, 0));
    }

    @Test
    void theThresholdDecides() {
        var decoder = new OutputDecoder(new Target.Binary("outcome", "good", "bad", 0.8f), true);
        assertEquals(0, decoder.classOf(new float[] {0.79f}, 0));
        assertEquals(1, decoder.classOf(new float[] {0.8f}, 0));
    }

    @Test
    void logitsOfClassesBecomeASoftmax() {
        var decoder = new OutputDecoder(new Target.Classes("kind", List.of("a", "b", "c")), false);
        var into = new float[4];
        // e^0 : e^ln 3 : e^0 = 1 : 3 : 1
        decoder.probabilities(new float[] {7, 7, 0, LOG_3, 0}, 2, into, 1);
        assertArrayEquals(new float[] {0, 0.2f, 0.6f, 0.2f}, into, 1e-6f);
        assertEquals(1, decoder.classOf(new float[] {7, 7, 0, LOG_3, 0}, 2));
        assertEquals(0, decoder.classOf(new float[] {5, 5, 5}, 0), "the first of equal ones");
    }

    @Test
    void labelsAreIndependent() {
        var decoder = new OutputDecoder(new Target.MultiLabel(List.of("wet", "cold"), 0.5f), false);
        var into = new float[2];
        decoder.probabilities(new float[] {LOG_3, -LOG_3}, 0, into, 0);
        assertArrayEquals(new float[] {0.75f, 0.25f}, into, 1e-6f);
        assertThrows(IllegalStateException.class, () -> decoder.classOf(new float[2], 0));
    }

    @Test
    void aNumberHasNoProbabilities() {
        var decoder = new OutputDecoder(new Target.Regression("price"), false);
        assertEquals(0, decoder.width());
        assertThrows(IllegalStateException.class, () -> decoder.classOf(new float[1], 0));
    }
}
