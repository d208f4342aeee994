package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.prune.sparsity.Allocation;
import org.junit.jupiter.api.Test;

class AcDcTest {
    private static String phases(AcDc method, int epochs) {
        return IntStream.range(0, epochs).mapToObj(epoch -> method.isSparse(epoch, epochs) ? "S" : "D")
                .collect(Collectors.joining());
    }

    @Test
    void phasesAlternateAfterTheWarmUpAndTheLastIsSparse() {
        assertEquals("DDSSSDSSSDSS", phases(new AcDc(0.9, Allocation.global(), 2, 3, 1, 2), 12));
        assertEquals("SDSSS", phases(new AcDc(0.9, Allocation.global(), 0, 1, 1, 3), 5));
        assertEquals("DSDS", phases(AcDc.sparsity(0.9, 1), 4));
    }

    @Test
    void weightsComeAndGoByTurnsAndCountsAreExact() {
        var kept = Runs.keptByStep(Runs.model(4), AcDc.sparsity(0.75, 2), Runs.training());

        // 8 epochs of 4 steps: two dense, two sparse, two dense, two sparse.
        assertEquals(List.of(152, 38, 38, 152, 152, 38, 38), List.of(
                kept.get(7), kept.get(8), kept.get(15), kept.get(16), kept.get(23), kept.get(24), kept.get(31)));
    }

    @Test
    void whatComesBackStartsAtZeroWithoutMomentum() {
        var model = Runs.model(4);
        var zero = new java.util.ArrayList<Integer>();
        var trainer = Runs.trainer().listen(event -> {
            // The forward pass of the first dense step has happened; its weights are those before the step.
            if (event instanceof org.espalier.nn.train.TrainingEvent.Differentiated at && at.step() == 16) {
                int zeros = 0;
                for (float w : model.parameters().get("fc1.weight").value().toArray()) {
                    zeros += Float.floatToRawIntBits(w) == 0 ? 1 : 0;
                }
                zero.add(zeros);
                zero.add(80 - model.parameters().get("fc1.weight").kept());
            }
        });
        new AcDc(0.75, Allocation.perLayer(), 2, 2, 2, 2)
                .train(model, TrainingSetup.of(trainer, Runs.samples(64, 1)));

        assertEquals(List.of(60, 0), zero);
    }

    @Test
    void thereIsALastPhase() {
        assertThrows(IllegalArgumentException.class, () -> new AcDc(0.9, Allocation.global(), 0, 1, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> AcDc.sparsity(1.5, 2));
    }
}
