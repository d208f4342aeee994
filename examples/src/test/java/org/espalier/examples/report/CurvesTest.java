package org.espalier.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {
    @Test
    void hasAPointForEachThreshold() {
        var points = Curves.points(new double[] {0.6, 0.9, 0.7, 0.8}, new float[] {0, 1, 1, 0}, 2);

        assertEquals(List.of(
                new RunRecord.CurvePoint(0, 0, 1),
                new RunRecord.CurvePoint(0, 0.5, 1),
                new RunRecord.CurvePoint(0.5, 0.5, 0.5),
                new RunRecord.CurvePoint(0.5, 1, 2 / 3.0),
                new RunRecord.CurvePoint(1, 1, 0.5)), points);
    }

    @Test
    void equalScoresAreOnePoint() {
        var points = Curves.points(new double[] {1, 1, 0}, new float[] {0, 1, 0}, 1);

        assertEquals(List.of(
                new RunRecord.CurvePoint(0, 0, 1),
                new RunRecord.CurvePoint(0.5, 1, 0.5),
                new RunRecord.CurvePoint(1, 1, 1 / 3.0)), points);
    }
}
