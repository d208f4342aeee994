package org.espalier.prune.criterion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.nn.Activation;
import org.espalier.nn.Concat;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ActivationsTest {
    private final Sequential model = Sequential.of(
            Cases.layer(1, 0, 0, 0, -1, 0, 0, 0, 1),
            Sequential.of(Activation.relu(), Cases.layer(2, 0, 0, 0, 0, 0, 0, 0, 0)));

    @Test
    void everyLayerOfNestedChainsIsSeen() {
        var seen = Activations.of(model, Tensor.matrix(new float[] {1, 2, 3}));

        assertArrayEquals(new float[] {1, 2, 3}, seen.input("fc1").toArray());
        assertArrayEquals(new float[] {1, -2, 3}, seen.output("fc1").toArray());
        assertArrayEquals(new float[] {1, 0, 3}, seen.input("sequential1.fc1").toArray());
        assertArrayEquals(new float[] {2, 0, 0}, seen.output("sequential1").toArray());
        assertArrayEquals(new float[] {2, 0, 0}, seen.output("").toArray());
    }

    @Test
    void residualBlocksAndBranchesAreLookedInto() {
        var nested = Sequential.of(
                Residual.of(Sequential.of(Cases.layer(1, 0, 0, 0, 0, 0, 0, 0, 0))),
                Concat.of(Sequential.of(), Sequential.of(Cases.layer(0, 1, 0, 0, 0, 0, 0, 0, 0))));
        var seen = Activations.of(nested, Tensor.matrix(new float[] {1, 2, 3}));

        assertArrayEquals(new float[] {1, 0, 0}, seen.output("residual1.body.fc1").toArray());
        assertArrayEquals(new float[] {2, 2, 3}, seen.input("concat1.branch2.fc1").toArray());
        assertArrayEquals(nested.forward(Tensor.matrix(new float[] {1, 2, 3})).toArray(), seen.output("").toArray());
    }

    @Test
    void anUnknownLayerIsAnError() {
        var seen = Activations.of(model, Tensor.matrix(new float[] {1, 2, 3}));

        assertThrows(IllegalArgumentException.class, () -> seen.input("fc9"));
    }
}
