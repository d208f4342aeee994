package org.espalier.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.espalier.nn.Activation;
import org.espalier.nn.Relu;
import org.espalier.nn.data.Dataset;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TrialsTest {
    @Test
    void bothModelsOfEachSeedAnswerAllSamples() {
        // The first class wins a tie: Relu takes (−2, −1) for class 0, a leaky one for class 1.
        var test = Dataset.of(Tensor.of(Shape.of(2, 2), -2, -1, 0, 3), Tensor.of(Shape.of(2), 1, 1));
        var trials = Trials.run(test, seed -> new Trials.Pair(Activation.leakyRelu(0.1f), Activation.relu()), 4, 5);

        assertEquals(
                List.of(
                        new Trials.Trial(4, Answers.of(true, true), Answers.of(false, true)),
                        new Trials.Trial(5, Answers.of(true, true), Answers.of(false, true))),
                trials.trials());
    }

    @Test
    void trialsAreOfTheSameSamples() {
        var two = Answers.of(true, false);

        assertThrows(IllegalArgumentException.class, () -> new Trials(List.of()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Trials(List.of(new Trials.Trial(1, two, Answers.of(true)))));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Trials(List.of(
                        new Trials.Trial(1, two, two),
                        new Trials.Trial(1, Answers.of(true), Answers.of(true)))));
    }
}
