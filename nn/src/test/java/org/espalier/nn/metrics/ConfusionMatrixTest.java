package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    private final ConfusionMatrix matrix =
            ConfusionMatrix.of(3, new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 1, 1, 0});

    @Test
    void pairsAreCounted() {
        assertEquals(2, matrix.count(0, 0));
        assertEquals(1, matrix.count(0, 1));
        assertEquals(1, matrix.count(1, 0));
        assertEquals(5, matrix.total());
        assertEquals(3, matrix.classes());
    }

    @Test
    void sharesFollowFromTheCounts() {
        assertEquals(0.6, matrix.accuracy(), 1e-12);
        assertEquals(2.0 / 3, matrix.recall(0), 1e-12);
        assertEquals(0.5, matrix.precision(1), 1e-12);
        assertTrue(Double.isNaN(matrix.recall(2)));
        assertTrue(Double.isNaN(matrix.precision(2)));
    }

    @Test
    void aModelIsJudgedOnItsDataset() {
        var identity = Linear.of(Tensor.of(Shape.of(2, 2), 1, 0, 0, 1), Tensor.zeros(Shape.of(2)));
        var data = Dataset.of(Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, 1, 0), Tensor.vector(0, 1, 1));
        var judged = ConfusionMatrix.of(2, identity, data);
        assertEquals(1, judged.count(1, 0));
        assertEquals(Metric.accuracy().of(identity, data), judged.accuracy());
    }

    @Test
    void itPrintsAsATable() {
        assertEquals(
                """
                actual\\predicted
                         0   1   2
                    0    2   1   0   66.67 %
                    1    1   1   0   50.00 %
                    2    0   0   0     NaN %""",
                matrix.toString());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(2, new int[1], new int[2]));
        assertThrows(IndexOutOfBoundsException.class, () -> ConfusionMatrix.of(2, new int[] {2}, new int[] {0}));
    }

    @Test
    void f1IsTheHarmonicMeanOfPrecisionAndRecall() {
        assertEquals(2 * 2.0 / (3 + 3), matrix.f1(0), 1e-12);
        assertTrue(Double.isNaN(matrix.f1(2)));
    }

    @Test
    void aSingleOutputTellsTwoClassesApart() {
        var data = Dataset.of(Tensor.of(Shape.of(4, 1), 2, -1, -3, 0.5f), Tensor.of(Shape.of(4, 1), 1, 0, 1, 1));
        var logits = ConfusionMatrix.of(Linear.of(Tensor.of(Shape.of(1, 1), 1), Tensor.vector(0)), data);
        assertEquals(2, logits.classes());
        assertEquals(2, logits.count(1, 1));
        assertEquals(1, logits.count(1, 0));
        assertEquals(1, logits.count(0, 0));
        var sigmoid = Sequential.of(Linear.of(Tensor.of(Shape.of(1, 1), 1), Tensor.vector(0)), Activation.sigmoid());
        assertEquals(logits.toString(), ConfusionMatrix.of(sigmoid, data).toString());
    }

    /** scikit-learn's multilabel_confusion_matrix. */
    @Test
    void labelsHaveAMatrixEach() {
        var data = Dataset.of(ScoredSamples.LOGITS, ScoredSamples.LABELS);
        var identity = Linear.of(Tensor.eye(3), Tensor.zeros(Shape.of(3)));
        var all = ConfusionMatrix.perLabel(identity, data);
        long[][] expected = {{2, 2, 0, 4}, {3, 2, 0, 3}, {2, 2, 0, 4}};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(expected[i][j], all.get(i).count(j / 2, j % 2));
            }
        }
        assertThrows(IllegalArgumentException.class, () -> ConfusionMatrix.of(identity, data));
    }

    @Test
    void classesMayHaveNames() {
        assertEquals(
                """
                actual\\predicted
                             cat     dog no bird
                    cat        2       1       0   66.67 %
                    dog        1       1       0   50.00 %
                no bird        0       0       0     NaN %""",
                matrix.toString(List.of("cat", "dog", "no bird")));
        assertThrows(IllegalArgumentException.class, () -> matrix.toString(List.of("cat")));
    }
}
