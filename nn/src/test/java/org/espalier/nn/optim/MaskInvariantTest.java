package org.espalier.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Parameter;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.tensor.Rng;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every optimizer owes to masks. */
class MaskInvariantTest {

    @ParameterizedTest
    @MethodSource("org.espalier.nn.optim.OptimizerSample#all")
    void maskedWeightsAndTheirMomentsArePositiveZeroAfterEveryStep(OptimizerSample sample) {
        for (int trial = 0; trial < 20; trial++) {
            var rng = Rng.of(100 + trial);
            int size = 1 + rng.nextInt(200);
            var model = Weights.of(rng.normal(Shape.of(size), 1));
            var clipping = trial % 2 == 0 ? GradientClipping.none() : GradientClipping.byGlobalNorm(0.5f);
            var optimizer = sample.rule().bind(model, clipping);
            for (int step = 0; step < 40; step++) {
                if (step % 7 == 3) {
                    changeMask(model.parameter(), rng);
                }
                optimizer.step(model.gradients(poisoned(model.parameter(), rng)));
                requireClean(optimizer, model.parameter());
            }
        }
    }

    /** Prunes more, grows some back, draws anew, or removes the mask. */
    private static void changeMask(Parameter parameter, Rng rng) {
        float share = rng.nextFloat();
        var drawn = Mask.of(parameter.shape(), i -> rng.nextFloat() < share);
        switch (rng.nextInt(4)) {
            case 0 -> parameter.restrict(drawn);
            case 1 -> parameter.assignMask(parameter.mask().map(drawn::or).orElse(drawn));
            case 2 -> parameter.assignMask(drawn);
            default -> parameter.clearMask();
        }
    }

    /** A random gradient with NaN and infinities wherever the mask does not keep the element. */
    private static float[] poisoned(Parameter parameter, Rng rng) {
        float[] gradient = rng.normal(parameter.shape(), 1).toArray();
        var poison = new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f};
        parameter.mask().ifPresent(mask -> IntStream.range(0, gradient.length)
                .filter(i -> !mask.keeps(i))
                .forEach(i -> gradient[i] = poison[rng.nextInt(poison.length)]));
        return gradient;
    }

    private static void requireClean(BoundOptimizer optimizer, Parameter parameter) {
        var slots = optimizer.state().moments().get("w").slots();
        for (int i = 0; i < parameter.size(); i++) {
            boolean kept = parameter.mask().isEmpty() || parameter.mask().get().keeps(i);
            float value = parameter.value().get(i);
            assertEquals(kept, kept ? Float.isFinite(value) : Float.floatToRawIntBits(value) != 0);
            for (var slot : slots.values()) {
                float moment = slot.get(i);
                assertEquals(kept, kept ? Float.isFinite(moment) : Float.floatToRawIntBits(moment) != 0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("org.espalier.nn.optim.OptimizerSample#all")
    void keptWeightsMoveAsIfTheMaskedOnesDidNotExist(OptimizerSample sample) {
        var rng = Rng.of(5);
        int size = 300;
        var masked = Weights.of(rng.normal(Shape.of(size), 1));
        var clipping = GradientClipping.byGlobalNorm(3);
        var optimizer = sample.rule().bind(masked, clipping);
        for (int phase = 0; phase < 4; phase++) {
            int[] before = kept(masked.parameter());
            masked.parameter().restrict(Mask.of(Shape.of(size), i -> rng.nextFloat() < 0.7f));
            int[] kept = kept(masked.parameter());
            var small = Weights.of(masked.parameter().value().detach().gather(0, kept));
            var smallOptimizer = sample.rule().bind(small, clipping);
            smallOptimizer.restore(optimizer.state().map("w", moments -> moments.gather(0, kept)));
            for (int step = 0; step < 10; step++) {
                var gradient = poisoned(masked.parameter(), rng);
                optimizer.step(masked.gradients(gradient));
                smallOptimizer.step(small.gradients(Tensor.vector(gradient).gather(0, kept).toArray()));
            }
            assertEquals(true, kept.length < before.length);
            assertArrayEquals(small.values(), masked.parameter().value().gather(0, kept).toArray());
        }
    }

    private static int[] kept(Parameter parameter) {
        return IntStream.range(0, parameter.size())
                .filter(i -> parameter.mask().isEmpty() || parameter.mask().get().keeps(i))
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("org.espalier.nn.optim.OptimizerSample#all")
    void aNetworkWithMaskedInputsAndNeuronsTrainsLikeTheSmallerNetwork(OptimizerSample sample) {
        for (int trial = 0; trial < 5; trial++) {
            var rng = Rng.of(40 + trial);
            int[] inputs = draw(3 + rng.nextInt(6), rng);
            int[] neurons = draw(4 + rng.nextInt(8), rng);
            int in = inputs[inputs.length - 1] + 2;
            int hidden = neurons[neurons.length - 1] + 2;
            var large1 = Linear.of(rng.normal(Shape.of(hidden, in), 0.5f), rng.normal(Shape.of(hidden), 0.1f));
            var large2 = Linear.of(rng.normal(Shape.of(2, hidden), 0.5f), rng.normal(Shape.of(2), 0.1f));
            var small1 = Linear.of(
                    large1.weight().value().detach().gather(0, neurons).gather(1, inputs),
                    large1.bias().orElseThrow().value().detach().gather(0, neurons));
            var small2 = Linear.of(
                    large2.weight().value().detach().gather(1, neurons), large2.bias().orElseThrow().value().detach());
            large1.weight().assignMask(Mask.of(Shape.of(hidden, in), i -> has(neurons, i / in) && has(inputs, i % in)));
            large1.bias().orElseThrow().assignMask(Mask.of(Shape.of(hidden), i -> has(neurons, i)));
            large2.weight().assignMask(Mask.of(Shape.of(2, hidden), i -> has(neurons, i % hidden)));
            var large = Sequential.of(large1, Activation.relu(), large2);
            var small = Sequential.of(small1, Activation.relu(), small2);
            var largeOptimizer = sample.rule().bind(large);
            var smallOptimizer = sample.rule().bind(small);
            for (int step = 0; step < 30; step++) {
                var x = rng.normal(Shape.of(8, in), 1);
                var y = rng.normal(Shape.of(8, 2), 1);
                largeOptimizer.step(Loss.meanSquaredError().value(large.forward(x), y).backward());
                smallOptimizer.step(Loss.meanSquaredError()
                        .value(small.forward(x.gather(1, inputs)), y)
                        .backward());
            }
            assertSame(small1.weight().value(), large1.weight().value().gather(0, neurons).gather(1, inputs));
            assertSame(small1.bias().orElseThrow().value(), large1.bias().orElseThrow().value().gather(0, neurons));
            assertSame(small2.weight().value(), large2.weight().value().gather(1, neurons));
            assertSame(small2.bias().orElseThrow().value(), large2.bias().orElseThrow().value());
        }
    }

    /** Equal as numbers: a sum over products with masked zeros may turn −0 into +0. */
    private static void assertSame(Tensor expected, Tensor actual) {
        assertArrayEquals(expected.plus(0f).toArray(), actual.plus(0f).toArray());
    }

    /** Some ascending numbers with gaps. */
    private static int[] draw(int count, Rng rng) {
        var numbers = new int[count];
        int next = 0;
        for (int i = 0; i < count; i++) {
            next += rng.nextInt(3);
            numbers[i] = next++;
        }
        return numbers;
    }

    private static boolean has(int[] numbers, int number) {
        return IntStream.of(numbers).anyMatch(n -> n == number);
    }
}
