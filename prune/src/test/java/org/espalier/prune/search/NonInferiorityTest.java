package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.metrics.Comparison.Verdict;
import org.espalier.nn.metrics.Metric;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class NonInferiorityTest {
    /** 100 samples of a single yes-or-no target; the inputs are 0 … 99, and the first half is positive. */
    private static Dataset samples() {
        var inputs = new float[100];
        var targets = new float[100];
        for (int i = 0; i < 100; i++) {
            inputs[i] = i;
            targets[i] = i < 50 ? 1 : 0;
        }
        return Dataset.of(Tensor.of(Shape.of(100, 1), inputs), Tensor.of(Shape.of(100), targets));
    }

    /** Says yes below a threshold: right for all samples but those between 50 and it. */
    private static Layer below(float threshold) {
        var linear = Linear.of(1, 1);
        linear.weight().assign(Tensor.of(Shape.of(1, 1), new float[] {-1}));
        linear.parameters().get("bias").assign(Tensor.of(Shape.of(1), new float[] {threshold - 0.5f}));
        return Sequential.of(linear);
    }

    private static NonInferiority test(double tolerance, NonInferiority.Pair... pairs) {
        return NonInferiority.test(Metric.accuracy(), samples(), tolerance, 0.95, List.of(pairs));
    }

    @Test
    void equalModelsLoseNothing() {
        var result = test(0.01, new NonInferiority.Pair(below(50), below(50)),
                new NonInferiority.Pair(below(52), below(52)));

        assertEquals(List.of(1.0, 0.98), result.dense());
        assertEquals(0, result.drop());
        assertEquals(0, result.overSeeds());
        assertEquals(0, result.overSamples());
        assertEquals(Verdict.NOT_INFERIOR, result.verdict());
    }

    @Test
    void theLimitOverSeedsIsThatOfStudent() {
        // Drops 0.00 and 0.10: mean 0.05, deviation 0.1/√2, error 0.05; t(0.95; 1) = 6.31375.
        var result = test(0.3, new NonInferiority.Pair(below(50), below(50)),
                new NonInferiority.Pair(below(50), below(60)));

        assertEquals(0.05, result.drop(), 1e-12);
        assertEquals(0.05 + 6.31375 * 0.05, result.overSeeds(), 1e-5);
        assertEquals(Verdict.OPEN, result.verdict());
    }

    @Test
    void theLimitOverSamplesIsThatOfABinomialShare() {
        // One sample in ten lost: the 95 % quantile of Binomial(100, 0.1) / 100 is 0.15.
        var result = test(0.2, new NonInferiority.Pair(below(50), below(60)));

        assertEquals(0.1, result.drop(), 1e-12);
        assertEquals(0.15, result.overSamples(), 0.0101);
        assertTrue(Double.isInfinite(result.overSeeds()));
        assertEquals(Verdict.NOT_INFERIOR, result.verdict());
        assertEquals(Verdict.OPEN, test(0.12, new NonInferiority.Pair(below(50), below(60))).verdict());
        assertEquals(Verdict.INFERIOR, test(0.01, new NonInferiority.Pair(below(50), below(60))).verdict());
    }

    @Test
    void aMetricOfWhichLessIsBetterCountsUpwards() {
        // Outputs are threshold − 0.5 − x; the target is 49.5 − x, so that of threshold 60 is off by 10 everywhere.
        var inputs = samples().all().inputs();
        var targets = Tensor.scalar(49.5f).minus(inputs);
        var result = NonInferiority.test(
                Metric.meanAbsoluteError(), Dataset.of(inputs, targets), 11, 0.95,
                List.of(new NonInferiority.Pair(below(50), below(60))));

        assertEquals(List.of(0.0), result.dense());
        assertEquals(10, result.drop(), 1e-6);
        assertEquals(10, result.overSamples(), 1e-6);
        assertEquals(Verdict.NOT_INFERIOR, result.verdict());
    }

    @Test
    void theSentenceNamesTheNumbers() {
        var text = test(0.2, new NonInferiority.Pair(below(50), below(60))).sentence();

        assertTrue(text.startsWith("not worse than the tolerance of 0.2: mean loss of accuracy 0.10000"), text);
        assertTrue(text.contains("95.0 % confidence"), text);
    }

    @Test
    void whatCannotBeTestedIsRefused() {
        var pair = new NonInferiority.Pair(below(50), below(60));
        assertThrows(IllegalArgumentException.class, () -> test(-1, pair));
        assertThrows(IllegalArgumentException.class, () -> test(0.1));
        assertThrows(IllegalArgumentException.class,
                () -> NonInferiority.test(Metric.accuracy(), samples(), 0.1, 0.4, List.of(pair)));
        assertThrows(IllegalArgumentException.class,
                () -> NonInferiority.test(Metric.accuracy(), samples().subset(), 0.1, 0.95, List.of(pair)));
    }
}
