package org.espalier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;

/**
 * What every op promises, checked for one op on its edge samples and on random ones. Differences are taken of the
 * double-precision reference, so they are exact to about ten digits and the tolerances are those of the float32 op.
 */
final class OpContract<O extends Op> {
    private static final int RANDOM_SAMPLES = 50;
    /** Elements of an input whose second derivative is checked. */
    private static final int MOST_SECOND = 12;

    private static final double STEP = 1e-6;
    private static final double SECOND_STEP = 1e-4;
    private static final float[] SPECIAL = {
        Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f
    };

    private final OpCase<O> tested;
    private final long seed;

    OpContract(OpCase<O> tested, long seed) {
        this.tested = tested;
        this.seed = seed;
    }

    private void each(Consumer<Sample<O>> check) {
        each(RANDOM_SAMPLES, check);
    }

    /** As many as the tier asks for. */
    private void trials(String what, Consumer<Sample<O>> check) {
        try {
            Trials.of(Promise.DERIVATIVES, what).run(trials -> each((int) Promise.DERIVATIVES.count(), sample -> {
                check.accept(sample);
                trials.add(1);
            }));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void each(int samples, Consumer<Sample<O>> check) {
        for (var sample : tested.samples(seed, samples)) {
            try {
                check.accept(sample);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", " + sample + ": " + e.getMessage(), e);
            }
        }
    }

    void valueIsTheReferences() {
        each(sample -> {
            var y = Op.apply(sample.op(), sample.inputs());
            assertEquals(sample.op().shape(sample.shapes()), y.shape());
            double[] expected = tested.value(sample, sample.values());
            assertNear(expected, y.toArray(), tested.bound(sample, expected));
        });
    }

    void forwardWritesWhatEvaluateReturns() {
        each(sample -> {
            var shape = sample.op().shape(sample.shapes());
            var out = new float[shape.size()];
            if (out.length > 0) {
                sample.op().forward(out, sample.inputs());
            }
            assertSameBits(sample.op().evaluate(shape, sample.inputs()).toArray(), out);
        });
    }

    void emptyTensorsAreAmongTheSamples() {
        assertTrue(tested.samples(seed, 0).stream().anyMatch(
                sample -> Arrays.stream(sample.shapes()).anyMatch(shape -> shape.size() == 0)));
    }

    void lazyTransposesAreReadRight() {
        each(sample -> assertSameBits(
                Op.apply(sample.op(), sample.inputs()).toArray(),
                Op.apply(sample.op(), sample.lazyInputs()).toArray()));
    }

    void inputsAreNotModified() {
        each(sample -> {
            var leaves = sample.leaves(tested);
            var y = Op.apply(sample.op(), leaves);
            if (y.requiresGrad()) {
                y.backward(seedFor(y, 1));
            }
            for (int i = 0; i < leaves.length; i++) {
                assertSameBits(Doubles.toFloats(sample.values()[i]), leaves[i].toArray());
            }
        });
    }

    void specialValuesPropagateAsInTheReference() {
        var values = new Values(seed + 1);
        each(sample -> {
            for (double[] input : sample.values()) {
                for (int i = 0; i < input.length; i++) {
                    input[i] = values.chance(0.2) ? values.oneOf(SPECIAL) : input[i];
                }
            }
            double[] expected = tested.value(sample, sample.values());
            assertNear(expected, Op.apply(sample.op(), sample.inputs()).toArray(), tested.bound(sample, expected));
        });
    }

    void wrongInputsAreRefusedByName() {
        assertFalse(tested.refusals().isEmpty());
        for (var refusal : tested.refusals()) {
            var tensors = Arrays.stream(refusal.shapes()).map(Tensor::zeros).toArray(Tensor[]::new);
            var thrown = assertThrows(ShapeException.class, () -> Op.apply(refusal.op(), tensors), refusal::toString);
            var message = thrown.getMessage();
            assertTrue(message.startsWith(refusal.op().name() + ": "), message);
            if (refusal.shapes().length <= 2) {
                Arrays.stream(refusal.shapes()).forEach(shape -> assertTrue(message.contains("" + shape), message));
            }
        }
    }

    void nothingIsTrackedWithoutGradients() {
        each(sample -> {
            assertFalse(Op.apply(sample.op(), sample.inputs()).requiresGrad());
            var leaves = sample.leaves(tested);
            assertFalse(NoGrad.call(() -> Op.apply(sample.op(), leaves)).requiresGrad());
            assertEquals(sample.op().differentiable(), Op.apply(sample.op(), leaves).requiresGrad());
        });
    }

    void gradientIsThatOfTheReference() {
        trials("first", sample -> {
            var leaves = sample.leaves(tested);
            var y = Op.apply(sample.op(), leaves);
            var weights = seedFor(y, 2);
            var gradients = y.backward(weights);
            double[] seeds = Doubles.of(weights.toArray());
            for (int input = 0; input < leaves.length; input++) {
                if (tested.differentiates(input)) {
                    var gradient = gradients.of(leaves[input]);
                    assertEquals(sample.shapes()[input], gradient.shape());
                    assertFalse(gradient.requiresGrad());
                    var expected = new double[gradient.size()];
                    Arrays.setAll(expected, slopes(sample, input, seeds));
                    assertClose("input " + input, expected, gradient.toArray());
                }
            }
        });
    }

    private IntToDoubleFunction slopes(Sample<O> sample, int input, double[] seeds) {
        return i -> Doubles.slope(x -> Doubles.dot(seeds, tested.value(sample, sample.values())),
                sample.values()[input], i, STEP);
    }

    void gradientTwiceHasTheSameBits() {
        each(sample -> {
            var leaves = sample.leaves(tested);
            var y = Op.apply(sample.op(), leaves);
            var first = y.backward(seedFor(y, 3));
            var again = Op.apply(sample.op(), leaves);
            var second = again.backward(seedFor(y, 3));
            var third = y.backward(seedFor(y, 3));
            for (int input = 0; input < leaves.length; input++) {
                if (tested.differentiates(input)) {
                    float[] expected = first.of(leaves[input]).toArray();
                    assertSameBits(expected, second.of(leaves[input]).toArray());
                    assertSameBits(expected, third.of(leaves[input]).toArray());
                }
            }
        });
    }

    /** Differentiates a random projection of the gradient, and the reference along the same direction. */
    void secondDerivativeIsThatOfTheReference() {
        trials("second", sample -> {
            var leaves = sample.leaves(tested);
            var y = Op.apply(sample.op(), leaves);
            var weights = seedFor(y, 4);
            var gradients = y.times(weights).sum().backwardWithGraph();
            var directions = new double[leaves.length][];
            var projection = Tensor.scalar(0);
            for (int input = 0; input < leaves.length; input++) {
                directions[input] = new double[leaves[input].size()];
                if (tested.differentiates(input)) {
                    var direction = seedFor(leaves[input], 5 + input);
                    directions[input] = Doubles.of(direction.toArray());
                    projection = projection.plus(gradients.of(leaves[input]).times(direction).sum());
                }
            }
            double[] seeds = Doubles.of(weights.toArray());
            double noise = noise(seeds, tested.value(sample, sample.values()));
            var second = projection.requiresGrad() ? projection.backward() : null;
            for (int input = 0; input < leaves.length; input++) {
                if (tested.differentiates(input)) {
                    var shape = leaves[input].shape();
                    var found = second == null ? Tensor.zeros(shape) : second.of(leaves[input]);
                    int stride = 1 + shape.size() / MOST_SECOND;
                    for (int i = 0; i < shape.size(); i += stride) {
                        double expected = bend(sample, input, i, seeds, directions);
                        assertClose("input " + input, i, expected, found.toArray()[i], noise);
                    }
                }
            }
        });
    }

    /** What rounding four sums of these products leaves of their second difference. */
    private static double noise(double[] seeds, double... values) {
        double size = 0;
        for (int i = 0; i < seeds.length; i++) {
            size += Math.abs(seeds[i] * values[i]);
        }
        return Math.ulp(size) / (SECOND_STEP * SECOND_STEP);
    }

    /** ∂/∂x_i of the slope along the directions. */
    private double bend(Sample<O> sample, int input, int i, double[] seeds, double[]... directions) {
        double[][] x = sample.values();
        return Doubles.slope(ignored -> {
            var step = new double[] {0};
            return Doubles.slope(by -> {
                var moved = new double[x.length][];
                for (int k = 0; k < x.length; k++) {
                    moved[k] = x[k].clone();
                    for (int j = 0; j < x[k].length; j++) {
                        moved[k][j] += by[0] * directions[k][j];
                    }
                }
                return Doubles.dot(seeds, tested.value(sample, moved));
            }, step, 0, SECOND_STEP);
        }, x[input], i, SECOND_STEP);
    }

    private Tensor seedFor(Tensor y, int stream) {
        return Tensor.of(y.shape(), new Values(seed + 1000 * stream).floats(y.size()));
    }

    private static void assertNear(double[] expected, float[] actual, double[] bound) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < actual.length; i++) {
            boolean same = (float) expected[i] == actual[i] || Double.isNaN(expected[i]) && Float.isNaN(actual[i]);
            int at = i;
            assertTrue(same || Double.isFinite(expected[i]) && Math.abs(actual[i] - expected[i]) <= bound[i],
                    () -> "element " + at + " is " + actual[at] + ", not " + expected[at] + " ± " + bound[at]);
        }
    }

    private static void assertClose(String what, double[] expected, float[] actual) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < actual.length; i++) {
            assertClose(what, i, expected[i], actual[i], 0);
        }
    }

    private static void assertClose(String what, int i, double expected, float actual, double noise) {
        assertTrue(Math.abs(actual - expected) <= 1e-5 + noise + 1e-3 * Math.abs(expected),
                () -> what + ": derivative " + i + " is " + actual + ", not " + expected);
    }

    private static void assertSameBits(float[] expected, float[] actual) {
        assertArrayEquals(bits(expected), bits(actual));
    }

    private static int[] bits(float[] numbers) {
        var bits = new int[numbers.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(numbers[i]));
        return bits;
    }
}
