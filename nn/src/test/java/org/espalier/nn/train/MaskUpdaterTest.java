package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.nn.StateDict;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.optim.Optimizer;
import org.espalier.tensor.Gradients;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskUpdaterTest {
    /** At every fifth step the mask keeps all but one weight, by turns. */
    private record Turns(Linear layer, List<Integer> seen, List<StateDict> states) implements MaskUpdater {
        @Override
        public boolean replaces(int step) {
            return step % 5 == 4;
        }

        @Override
        public void update(int step, Gradients gradients) {
            seen.add(step);
            assertEquals(Shape.of(1, 3), gradients.of(layer.weight().value()).shape());
            layer.weight().assignMask(Mask.of(Shape.of(1, 3), i -> i != step / 5 % 3));
            states.add(StateDict.of(layer));
        }
    }

    @Test
    void atSuchAStepMasksChangeAndTheOptimizerRests() {
        var layer = Linear.of(3, 1);
        var turns = new Turns(layer, new ArrayList<>(), new ArrayList<>());
        var after = new ArrayList<StateDict>();
        Trainer.of(layer, Loss.meanSquaredError(), Optimizer.sgd(0.1f).momentum(0.9f))
                .batchSize(8)
                .epochs(2)
                .updateMasks(turns)
                .listen(event -> {
                    if (event instanceof TrainingEvent.Stepped stepped && turns.replaces(stepped.step())) {
                        after.add(StateDict.of(layer));
                    }
                })
                .fit(Samples.line(64, 1));

        assertEquals(List.of(4, 9, 14), turns.seen());
        assertEquals(turns.states(), after);
    }

    @Test
    void aResumedRunHasTheSameBits(@TempDir Path directory) throws Exception {
        var file = directory.resolve("checkpoint");
        var whole = train(4).fit(Samples.line(64, 1));
        train(2).checkpoint(file).fit(Samples.line(64, 1));
        var rest = train(4).resumeFrom(Checkpoint.read(file)).fit(Samples.line(64, 1));

        assertEquals(whole, rest);
    }

    private static Trainer train(int epochs) {
        var layer = Linear.of(3, 1);
        var turns = new Turns(layer, new ArrayList<>(), new ArrayList<>());
        return Trainer.of(Sequential.of(layer), Loss.meanSquaredError(), Optimizer.adam(0.05f))
                .batchSize(8)
                .epochs(epochs)
                .updateMasks(turns);
    }

    @Test
    void ratesOfTheLastEpochsAreThoseTheWholeTrainingEndsWith() {
        var rates = org.espalier.nn.optim.LearningRate.stepwise(1, 8, 0.5f);
        var trainer = Trainer.of(Linear.of(3, 1), Loss.meanSquaredError(), Optimizer.sgd(rates)).batchSize(8);
        var last = trainer.epochs(2).rewindLearningRate(5).fit(Samples.line(64, 1)).history();
        var longer = trainer.epochs(2).rewindLearningRate(1).fit(Samples.line(64, 1)).history();

        assertArrayEquals(new double[] {0.125, 0.0625}, rates(last));
        assertArrayEquals(new double[] {1, 0.5}, rates(longer));
    }

    private static double[] rates(List<EpochRecord> history) {
        return history.stream().mapToDouble(EpochRecord::learningRate).toArray();
    }
}
