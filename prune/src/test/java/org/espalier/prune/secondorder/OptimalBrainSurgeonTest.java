package org.espalier.prune.secondorder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.prune.criterion.Calibration;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class OptimalBrainSurgeonTest {
    private static Calibration data(Tensor inputs) {
        return Calibration.of(inputs, inputs, Loss.meanSquaredError());
    }

    @Test
    void ofOneLinearNeuronTheDerivativesAreTheInputs() {
        // The case worked by hand for OBC: the second weight goes, and the third takes half of it over.
        var linear = Linear.of(3, 1);
        linear.weight().assign(Tensor.of(Shape.of(1, 3), 1, 1, 1));
        var inputs = Tensor.of(Shape.of(3, 3), 1, 0, 0, 0, 1, 1, 0, 0, 1);
        var result = Reconstructor.of(new OptimalBrainSurgeon(0), 1 / 3.0)
                .apply(Sequential.of(linear), data(inputs))
                .getFirst();

        assertArrayEquals(new float[] {1, 0, 1.5f}, linear.weight().value().toArray(), 1e-6f);
        assertEquals(0.5, result.repaired(), 1e-6);
        // Without repair the outputs 1, 2, 1 would be 1, 1, 1.
        assertEquals(1, result.masked(), 1e-6);
    }

    /** A net of 2 inputs, 2 hidden tanh and 1 output without biases, in double precision. */
    private static double output(double[] w, double x, double y) {
        return w[4] * Math.tanh(w[0] * x + w[1] * y) + w[5] * Math.tanh(w[2] * x + w[3] * y);
    }

    @Test
    void theCheapestWeightOfAllLayersGoesAndAllOthersRepair() {
        double[] weights = {0.8, -0.5, 0.3, 0.9, -0.7, 0.6};
        var inputs = Rng.of(4).normal(Shape.of(12, 2), 1);
        var model = Sequential.of(Linear.of(2, 2), Activation.tanh(), Linear.of(2, 1));
        model.parameters().get("fc1.weight").assign(Tensor.of(Shape.of(2, 2), 0.8f, -0.5f, 0.3f, 0.9f));
        model.parameters().get("fc2.weight").assign(Tensor.of(Shape.of(1, 2), -0.7f, 0.6f));
        model.parameters().get("fc1.bias").assign(Tensor.zeros(Shape.of(2)));
        var results = Reconstructor.of(new OptimalBrainSurgeon(), 1 / 6.0).apply(model, data(inputs));

        var expected = byTheFormula(weights, inputs.toArray());
        float[] first = model.parameters().get("fc1.weight").value().toArray();
        float[] second = model.parameters().get("fc2.weight").value().toArray();
        for (int i = 0; i < 6; i++) {
            assertEquals(expected[i], i < 4 ? first[i] : second[i - 4], 1e-4);
        }
        assertEquals(5, results.stream().mapToInt(Reconstructed::kept).sum());
    }

    /** H by finite differences and its inverse by EJML; then the published saliency and repair. */
    private static double[] byTheFormula(double[] w, float[] inputs) {
        var h = new DMatrixRMaj(6, 6);
        for (int s = 0; s < inputs.length; s += 2) {
            var x = new double[6];
            for (int i = 0; i < 6; i++) {
                var up = w.clone();
                var down = w.clone();
                up[i] += 1e-5;
                down[i] -= 1e-5;
                x[i] = (output(up, inputs[s], inputs[s + 1]) - output(down, inputs[s], inputs[s + 1])) / 2e-5;
            }
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < 6; j++) {
                    h.add(i, j, x[i] * x[j]);
                }
            }
        }
        double mean = CommonOps_DDRM.trace(h) / 6;
        for (int i = 0; i < 6; i++) {
            h.add(i, i, 0.01 * mean);
        }
        CommonOps_DDRM.invert(h);
        int q = 0;
        for (int i = 1; i < 6; i++) {
            q = w[i] * w[i] / h.get(i, i) < w[q] * w[q] / h.get(q, q) ? i : q;
        }
        var repaired = w.clone();
        for (int i = 0; i < 6; i++) {
            repaired[i] = i == q ? 0 : w[i] - w[q] / h.get(q, q) * h.get(i, q);
        }
        return repaired;
    }

    @Test
    void tooManyWeightsAreRefusedWithAnotherWay() {
        var model = Sequential.of(Linear.of(100, 41));
        var e = assertThrows(
                IllegalArgumentException.class,
                () -> Reconstructor.of(new OptimalBrainSurgeon(), 0.5)
                        .apply(model, data(Tensor.zeros(Shape.of(1, 100)))));

        assertTrue(e.getMessage().contains("4096 weights at most, not 4100"), e.getMessage());
    }
}
