package org.espalier.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void theMedianIsTheMiddleValueOrTheMeanOfTheTwoInTheMiddle() {
        assertEquals(3, Statistics.median(List.of(9.0, 3.0, 1.0)));
        assertEquals(2, Statistics.median(List.of(9.0, 3.0, 1.0, 0.5)));
        assertEquals(7, Statistics.median(List.of(7.0)));
    }

    @Test
    void noValuesHaveNoMedian() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.median(List.of()));
    }

    @Test
    void theGeometricMeanIsTheRootOfTheProduct() {
        assertEquals(4, Statistics.geometricMean(List.of(2.0, 8.0)), 1e-12);
    }

    @Test
    void aSpreadIsWideWhenItsEndsDifferByMoreThanAFifth() {
        assertFalse(Statistics.Spread.of(List.of(1.0, 1.2)).isWide());
        assertTrue(Statistics.Spread.of(List.of(1.0, 1.1, 1.21)).isWide());
    }

    @Test
    void ratiosAreTakenWithinARoundBeforeTheMedian() {
        // The medians of the times are 20 and 20; the rounds say 0.5, 2 and 1.5.
        var slow = Map.of(0, 10.0, 1, 40.0, 2, 30.0);
        var fast = Map.of(0, 20.0, 1, 20.0, 2, 20.0);
        var ratio = Results.ratio(slow, fast).orElseThrow();

        assertEquals(1.5, ratio.median());
        assertEquals(0.5, ratio.min());
        assertEquals(2, ratio.max());
    }

    @Test
    void roundsThatOnlyOneOfTheTwoHasAreLeftOut() {
        var ratio = Results.ratio(Map.of(0, 10.0, 1, 99.0), Map.of(0, 5.0)).orElseThrow();

        assertEquals(2, ratio.median());
        assertTrue(Results.ratio(Map.of(0, 10.0), Map.of(1, 5.0)).isEmpty());
    }
}
