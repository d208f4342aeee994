package org.espalier.prune.graph;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.nn.BatchNorm1d;
import org.espalier.nn.Concat;
import org.espalier.nn.Dropout;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Gelu;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerNorm;
import org.espalier.nn.LeakyRelu;
import org.espalier.nn.Linear;
import org.espalier.nn.Parameter;
import org.espalier.nn.Relu;
import org.espalier.nn.Residual;
import org.espalier.nn.Sequential;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Softplus;
import org.espalier.nn.Tanh;

/**
 * A model's inference in double precision, written apart from the library, and with each value a bound of what float32
 * may get wrong: sums of k terms lose (k + 2) roundings of the sum of magnitudes, a function passes on its slope.
 */
final class ErrorBound {
    /** Twice the unit roundoff of float32, for terms of second order. */
    private static final double U = 2 * 0x1p-24;

    record Bounded(double value, double error) {}

    private ErrorBound() {}

    static List<Bounded> of(Layer model, float[] input) {
        return run(model, IntStream.range(0, input.length).mapToObj(i -> new Bounded(input[i], 0)).toList());
    }

    private static List<Bounded> run(Layer layer, List<Bounded> x) {
        return switch (layer) {
            case Sequential chain -> {
                var value = x;
                for (var child : chain.children().values()) {
                    value = run(child, value);
                }
                yield value;
            }
            case Residual residual -> {
                var change = run(residual.body(), x);
                yield IntStream.range(0, x.size())
                        .mapToObj(i -> {
                            double sum = x.get(i).value + change.get(i).value;
                            double parts = Math.abs(x.get(i).value) + Math.abs(change.get(i).value);
                            return new Bounded(sum, x.get(i).error + change.get(i).error + U * parts);
                        })
                        .toList();
            }
            case Concat concat -> concat.children().values().stream()
                    .flatMap(branch -> run(branch, x).stream())
                    .toList();
            case Linear linear -> linear(linear, x);
            case BatchNorm1d norm -> batchNorm(norm, x);
            case LayerNorm norm -> layerNorm(norm, x);
            case FeatureSelect select -> Arrays.stream(select.indices()).mapToObj(x::get).toList();
            case Dropout dropout -> x;
            case Relu relu -> each(x, v -> Math.max(v, 0));
            case LeakyRelu leaky -> each(x, v -> v > 0 ? v : v * leaky.slope());
            case Tanh tanh -> each(x, StrictMath::tanh);
            case Sigmoid sigmoid -> each(x, v -> 1 / (1 + StrictMath.exp(-v)));
            case Softplus softplus -> each(x, v -> StrictMath.log1p(StrictMath.exp(-Math.abs(v))) + Math.max(v, 0));
            case Gelu gelu -> each(x, v -> v * normalBelow(v));
            default -> throw new AssertionError(layer);
        };
    }

    /** All activations here have slopes of at most 1.13 and are computed to a few units in the last place. */
    private static List<Bounded> each(List<Bounded> x, DoubleUnaryOperator function) {
        return x.stream()
                .map(v -> {
                    double y = function.applyAsDouble(v.value);
                    return new Bounded(y, 1.13 * v.error + 8 * U * (Math.abs(y) + Math.min(1, Math.abs(v.value))));
                })
                .toList();
    }

    /** Φ by Simpson's rule, to about ten digits. */
    private static double normalBelow(double x) {
        int steps = 200;
        double h = Math.min(Math.abs(x), 12) / steps;
        double sum = 1 + StrictMath.exp(-h * h * steps * steps / 2);
        for (int i = 1; i < steps; i++) {
            sum += (i % 2 == 0 ? 2 : 4) * StrictMath.exp(-(i * h) * (i * h) / 2);
        }
        double half = sum * h / 3 / Math.sqrt(2 * Math.PI);
        return x < 0 ? 0.5 - half : 0.5 + half;
    }

    private static List<Bounded> linear(Linear linear, List<Bounded> x) {
        float[] weight = linear.weight().value().toArray();
        float[] bias = linear.bias().orElseThrow().value().toArray();
        return IntStream.range(0, bias.length)
                .mapToObj(row -> {
                    double sum = bias[row];
                    double size = Math.abs(bias[row]);
                    double error = 0;
                    for (int i = 0; i < x.size(); i++) {
                        double w = weight[row * x.size() + i];
                        sum += w * x.get(i).value;
                        size += Math.abs(w * x.get(i).value);
                        error += Math.abs(w) * x.get(i).error;
                    }
                    return new Bounded(sum, error + (x.size() + 2) * U * size);
                })
                .toList();
    }

    private static List<Bounded> batchNorm(BatchNorm1d norm, List<Bounded> x) {
        return IntStream.range(0, x.size())
                .mapToObj(i -> {
                    double variance = (double) at(norm.runningVariance(), i) + norm.epsilon();
                    double scale = at(norm.weight(), i) / Math.sqrt(variance);
                    double centered = x.get(i).value - at(norm.runningMean(), i);
                    double y = centered * scale + at(norm.bias(), i);
                    double size = Math.abs(scale) * (Math.abs(x.get(i).value) + Math.abs(at(norm.runningMean(), i)));
                    return new Bounded(
                            y, Math.abs(scale) * x.get(i).error + 6 * U * (size + Math.abs(at(norm.bias(), i))));
                })
                .toList();
    }

    private static List<Bounded> layerNorm(LayerNorm norm, List<Bounded> x) {
        int n = x.size();
        double mean = x.stream().mapToDouble(Bounded::value).average().orElseThrow();
        double variance = x.stream().mapToDouble(v -> (v.value - mean) * (v.value - mean)).sum() / n;
        double deviation = Math.sqrt(variance + norm.epsilon());
        double largest = x.stream().mapToDouble(v -> Math.abs(v.value)).max().orElseThrow();
        double error = x.stream().mapToDouble(Bounded::error).max().orElseThrow() + (n + 4) * U * largest;
        return IntStream.range(0, n)
                .mapToObj(i -> {
                    double y = (x.get(i).value - mean) / deviation;
                    double passed = 2 * error / deviation * (1 + Math.abs(y)) + (n + 8) * U * Math.abs(y);
                    return new Bounded(
                            y * at(norm.weight(), i) + at(norm.bias(), i),
                            passed * Math.abs(at(norm.weight(), i)) + 2 * U * Math.abs(at(norm.bias(), i)));
                })
                .toList();
    }

    private static float at(Parameter parameter, int index) {
        return parameter.value().get(index);
    }

    /** The first index at which values leave their bounds, or −1. */
    static int firstOutside(List<Bounded> expected, float[] actual) {
        return Stream.iterate(0, i -> i + 1)
                .limit(actual.length)
                .filter(i -> !(Math.abs(expected.get(i).value - actual[i]) <= expected.get(i).error))
                .findFirst()
                .orElse(-1);
    }
}
