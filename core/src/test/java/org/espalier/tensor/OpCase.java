package org.espalier.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What the contract test knows about an op: how to make one for given shapes, the shapes, the numbers it is defined
 * (and smooth) on, its value in double precision, how far float32 may be from that, and what it must refuse.
 */
final class OpCase<O extends Op> {
    /** The value in double precision: of plain arrays, by code that shares nothing with the op. */
    interface Reference<O extends Op> {
        double[] value(O op, double[][] inputs, Shape... shapes);
    }

    /** The allowed error of each element of a result. */
    interface Bound<O extends Op> {
        double[] of(O op, double[][] inputs, Shape... shapes);
    }

    /** Turns a number in (−2, 2) into a valid one for an input. */
    interface Domain {
        double number(int input, double spread);
    }

    /** Inputs that an op must refuse, in a message that names it and the given shapes. */
    record Refusal(Op op, Shape... shapes) {}

    private final Class<O> type;
    private final BiFunction<Values, Shape[], O> maker;
    private final List<Shape[]> edges;
    private final Function<Values, Shape[]> random;
    private final Reference<O> reference;
    private Bound<O> bound = null;
    private Domain domain = (input, spread) -> spread;
    private List<Refusal> refusals = List.of();
    private int constantInput = -1;

    OpCase(Class<O> type, BiFunction<Values, Shape[], O> maker, List<Shape[]> edges,
            Function<Values, Shape[]> random, Reference<O> reference) {
        this.type = type;
        this.maker = maker;
        this.edges = edges;
        this.random = random;
        this.reference = reference;
    }

    /** Limits the inputs; by default they are any numbers in (−2, 2). */
    OpCase<O> on(Domain limits) {
        domain = limits;
        return this;
    }

    /** The error allowed; by default 1e-5 + 1.3e-6 of the value. */
    OpCase<O> within(Bound<O> error) {
        bound = error;
        return this;
    }

    OpCase<O> refuses(Refusal... refused) {
        refusals = List.of(refused);
        return this;
    }

    /** An input in which the op jumps, so that differences say nothing. */
    OpCase<O> constant(int input) {
        constantInput = input;
        return this;
    }

    Class<O> type() {
        return type;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    boolean differentiates(int input) {
        return input != constantInput;
    }

    double[] value(Sample<O> sample, double[][] inputs) {
        return reference.value(sample.op(), inputs, sample.shapes());
    }

    double[] bound(Sample<O> sample, double[] expected) {
        if (bound != null) {
            return bound.of(sample.op(), sample.values(), sample.shapes());
        }
        return Arrays.stream(expected).map(y -> 1e-5 + 1.3e-6 * Math.abs(y)).toArray();
    }

    /** The edges, then {@code count} random samples. */
    List<Sample<O>> samples(long seed, int count) {
        var values = new Values(seed);
        var samples = new ArrayList<Sample<O>>();
        edges.forEach(shapes -> samples.add(sample(values, shapes)));
        for (int i = 0; i < count; i++) {
            samples.add(sample(values, random.apply(values)));
        }
        return samples;
    }

    private Sample<O> sample(Values values, Shape... shapes) {
        var op = maker.apply(values, shapes);
        double[] pool = values.spread(Arrays.stream(shapes).mapToInt(Shape::size).sum());
        var inputs = new double[shapes.length][];
        int at = 0;
        for (int input = 0; input < shapes.length; input++) {
            inputs[input] = Arrays.copyOfRange(pool, at, at + shapes[input].size());
            at += shapes[input].size();
            for (int i = 0; i < inputs[input].length; i++) {
                inputs[input][i] = (float) domain.number(input, inputs[input][i]);
            }
        }
        return new Sample<>(op, shapes, inputs);
    }
}
