package org.espalier.examples.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.espalier.examples.report.RunRecord;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final RunRecord.Score ACCURACY = new RunRecord.Score("accuracy", true, true);
    private static final RunRecord.Score ERROR = new RunRecord.Score("MAE", false, false);

    @Test
    void writesNumbersForPeople() {
        assertEquals("7.46 %", Words.percent(0.0746));
        assertEquals("98.4 %", Words.percent(0.984));
        assertEquals("812 B", Words.bytes(812));
        assertEquals("103.2 kB", Words.bytes(103_204));
        assertEquals("1.07 MB", Words.bytes(1_067_264));
        assertEquals("11 times", Words.times(11.2));
        assertEquals("3.06 µs", Words.micros(3.06));
        assertEquals(Words.NONE, Words.score(ACCURACY, Double.NaN));
    }

    @Test
    void saysHowScoresChange() {
        assertEquals("0.24 points lower", Words.change(ACCURACY, 0.9842, 0.9818));
        assertEquals("the same", Words.change(ACCURACY, 0.98, 0.980001));
        assertEquals("0.500 higher", Words.change(ERROR, 1.5, 2));
    }
}
