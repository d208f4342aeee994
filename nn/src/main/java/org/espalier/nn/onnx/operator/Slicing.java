package org.espalier.nn.onnx.operator;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.tensor.Tensor;

/**
 * Ranges of elements along some axes: starts, ends, axes and steps, as inputs since opset 10.
 *
 * @param starts where each range begins, or null if an input says it
 * @param ends where each ends, exclusive
 * @param axes along which axes; null for the first ones
 */
public record Slicing(long[] starts, long[] ends, long[] axes) implements Operator {
    private static final int STARTS = 1;
    private static final int ENDS = 2;
    private static final int AXES = 3;
    private static final int STEPS = 4;

    /** A range of one axis: count elements from start, a step apart. */
    private record Range(int axis, long start, long step, long count) {}

    static void register(Operators all) {
        all.add("Slice", 1, 5, attributes -> new Slicing(attributes.integers("starts").orElse(null),
                attributes.integers("ends").orElse(null),
                attributes.integers("axes").orElse(null)));
    }

    private static Range range(int axis, long size, long start, long end, long step) {
        if (step == 0) {
            throw new IllegalArgumentException("a step of 0");
        }
        long first = start < 0 ? start + size : start;
        long last = end < 0 ? end + size : end;
        if (step > 0) {
            first = Math.clamp(first, 0, size);
            last = Math.clamp(last, 0, size);
        } else {
            first = Math.clamp(first, -1, size - 1);
            last = Math.clamp(last, -1, size - 1);
        }
        long span = step > 0 ? last - first : first - last;
        // without overflow for a step of any size
        long count = span <= 0 ? 0 : 1 + (span - 1) / Math.max(1, Math.abs(Math.max(step, -Long.MAX_VALUE)));
        return new Range(axis, first, step, count);
    }

    private static long[] defaultAxes(int count) {
        return IntStream.range(0, count).asLongStream().toArray();
    }

    private static void requireSameLength(int count, long[]... lists) {
        if (Arrays.stream(lists).anyMatch(list -> list.length != count)) {
            throw new IllegalArgumentException("starts, ends, axes and steps differ in length");
        }
    }

    @Override
    public Tensor value(Operands in) {
        var x = in.tensor(0);
        long[] from = starts != null ? starts : in.integers(STARTS);
        long[] to = ends != null ? ends : in.integers(ENDS);
        long[] along = axes != null ? axes : in.has(AXES) ? in.integers(AXES) : defaultAxes(from.length);
        long[] steps = in.has(STEPS) ? in.integers(STEPS) : ones(from.length);
        requireSameLength(from.length, to, along, steps);
        for (int i = 0; i < from.length; i++) {
            int axis = Dims.axis(along[i], x.rank());
            var range = range(axis, x.dim(axis), from[i], to[i], steps[i]);
            x = sliced(x, range);
        }
        return x;
    }

    private static long[] ones(int count) {
        long[] ones = new long[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Tensor sliced(Tensor x, Range range) {
        if (range.step == 1 || range.count <= 1) {
            int begin = range.count == 0 ? 0 : (int) range.start;
            return x.slice(range.axis, begin, begin + (int) range.count);
        }
        int[] indices = IntStream.range(0, (int) range.count)
                .map(i -> (int) (range.start + i * range.step))
                .toArray();
        return x.gather(range.axis, indices);
    }

    @Override
    public Optional<Dims> dims(Facts in) {
        var from = in.numbers(starts, STARTS);
        var to = in.numbers(ends, ENDS);
        var along = axes == null && !in.has(AXES)
                ? from.map(all -> defaultAxes(all.length))
                : in.numbers(axes, AXES);
        var steps = in.has(STEPS) ? in.numbers(STEPS) : from.map(all -> ones(all.length));
        boolean known = in.dims(0).isPresent() && from.isPresent() && to.isPresent() && along.isPresent()
                && steps.isPresent();
        return known ? dims(in.known(0), from.get(), to.get(), along.get(), steps.get()) : Optional.empty();
    }

    private static Optional<Dims> dims(Dims x, long[] from, long[] to, long[] along, long[] steps) {
        requireSameLength(from.length, to, along, steps);
        var sliced = x;
        for (int i = 0; i < from.length; i++) {
            int axis = x.axis(along[i]);
            boolean whole = from[i] == 0 && steps[i] == 1 && to[i] >= Integer.MAX_VALUE;
            if (!whole && !sliced.get(axis).isKnown()) {
                return Optional.empty();
            }
            if (!whole) {
                long size = sliced.get(axis).factor();
                sliced = sliced.with(axis, Dim.of(range(axis, size, from[i], to[i], steps[i]).count));
            }
        }
        return Optional.of(sliced);
    }

    @Override
    public boolean moves(int input) {
        return input == 0;
    }

    @Override
    public boolean keepsRows(Facts in) {
        var from = in.known(0);
        return dims(in)
                .filter(to -> to.rank() > 0 && !to.get(0).isKnown() && to.get(0).equals(from.get(0)))
                .isPresent();
    }
}
