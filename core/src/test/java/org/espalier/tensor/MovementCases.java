package org.espalier.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Samples and references of the {@link Movement} ops. */
final class MovementCases {
    private MovementCases() {}

    static List<OpCase<?>> all() {
        return List.of(
                reshape(), transpose(), permute(), expand(), slice(), pad(), concat());
    }

    /** Where an element of the result comes from: its index in the input, or null for a zero. */
    interface Source<O> {
        int[] of(O op, int[] index, Shape input);
    }

    static <O extends Op> OpCase<O> move(
            Class<O> type, int leastRank, BiFunction<Values, Shape, O> maker, Source<O> source) {
        return new OpCase<O>(
                type,
                (values, shapes) -> maker.apply(values, shapes[0]),
                Values.EDGES.stream()
                        .filter(edge -> edge.rank() >= leastRank)
                        .map(edge -> new Shape[] {edge})
                        .toList(),
                values -> new Shape[] {values.shape(leastRank)},
                (op, x, shapes) -> Index.fill(op.shape(shapes), index -> {
                    int[] from = source.of(op, index, shapes[0]);
                    return from == null ? 0 : x[0][Index.flat(from, shapes[0])];
                }))
                .within(MovementCases::exactly);
    }

    private static double[] exactly(Op op, double[][] x, Shape... shapes) {
        return new double[op.shape(shapes).size()];
    }

    private static OpCase<Movement.Reshape> reshape() {
        return move(
                Movement.Reshape.class,
                0,
                (values, shape) -> new Movement.Reshape(switch (values.below(3)) {
                    case 0 -> Shape.of(shape.size());
                    case 1 -> Shape.of(1, shape.size(), 1);
                    default -> reversed(shape);
                }),
                (op, index, input) -> Index.of(Index.flat(index, op.to()), input))
                .refuses(
                        new OpCase.Refusal(new Movement.Reshape(Shape.of(2))),
                        new OpCase.Refusal(new Movement.Reshape(Shape.of(2, 3)), Shape.of(5)),
                        new OpCase.Refusal(new Movement.Reshape(Shape.of(0)), Shape.of(1)));
    }

    private static Shape reversed(Shape shape) {
        var dims = new int[shape.rank()];
        Arrays.setAll(dims, axis -> shape.dim(shape.rank() - 1 - axis));
        return Shape.of(dims);
    }

    private static OpCase<Movement.Transpose> transpose() {
        var op = new Movement.Transpose();
        return move(Movement.Transpose.class, 2, (values, shape) -> op, (o, index, input) -> {
            int[] from = index.clone();
            from[index.length - 1] = index[index.length - 2];
            from[index.length - 2] = index[index.length - 1];
            return from;
        })
                .refuses(
                        new OpCase.Refusal(op),
                        new OpCase.Refusal(op, Shape.scalar()),
                        new OpCase.Refusal(op, Shape.of(3)));
    }

    private static OpCase<Movement.Permute> permute() {
        return move(
                Movement.Permute.class,
                0,
                (values, shape) -> new Movement.Permute(values.permutation(shape.rank())),
                (op, index, input) -> {
                    var from = new int[index.length];
                    for (int axis = 0; axis < index.length; axis++) {
                        from[op.order()[axis]] = index[axis];
                    }
                    return from;
                })
                .refuses(
                        new OpCase.Refusal(new Movement.Permute(new int[] {1, 0}), Shape.of(3)),
                        new OpCase.Refusal(new Movement.Permute(new int[] {1, 0}), Shape.of(3, 2, 1)));
    }

    private static OpCase<Movement.Expand> expand() {
        return move(
                Movement.Expand.class,
                0,
                (values, shape) -> {
                    int[] dims = shape.dims();
                    for (int axis = 0; axis < dims.length; axis++) {
                        dims[axis] = dims[axis] == 1 ? values.below(4) : dims[axis];
                    }
                    int more = values.below(3);
                    var larger = new int[more + dims.length];
                    Arrays.fill(larger, 2);
                    System.arraycopy(dims, 0, larger, more, dims.length);
                    return new Movement.Expand(Shape.of(larger));
                },
                (op, index, input) -> Arrays.copyOfRange(index, index.length - input.rank(), index.length))
                .refuses(
                        new OpCase.Refusal(new Movement.Expand(Shape.of(2, 3)), Shape.of(2)),
                        new OpCase.Refusal(new Movement.Expand(Shape.of(3)), Shape.of(1, 3)),
                        new OpCase.Refusal(new Movement.Expand(Shape.of(1, 3)), Shape.of(2, 3)));
    }

    private static OpCase<Movement.Slice> slice() {
        return move(
                Movement.Slice.class,
                1,
                (values, shape) -> {
                    int axis = values.below(shape.rank());
                    int from = values.below(shape.dim(axis) + 1);
                    return new Movement.Slice(axis, from, from + values.below(shape.dim(axis) - from + 1));
                },
                (op, index, input) -> shifted(index, op.axis(), op.from()))
                .refuses(
                        new OpCase.Refusal(new Movement.Slice(0, 0, 1), Shape.scalar()),
                        new OpCase.Refusal(new Movement.Slice(-1, 0, 1), Shape.of(3)),
                        new OpCase.Refusal(new Movement.Slice(0, 0, 4), Shape.of(3)),
                        new OpCase.Refusal(new Movement.Slice(0, 2, 1), Shape.of(3)),
                        new OpCase.Refusal(new Movement.Slice(0, -1, 1), Shape.of(3)));
    }

    static int[] shifted(int[] index, int axis, int by) {
        int[] moved = index.clone();
        moved[axis] += by;
        return moved;
    }

    private static OpCase<Movement.Pad> pad() {
        return move(
                Movement.Pad.class,
                1,
                (values, shape) -> new Movement.Pad(values.below(shape.rank()), values.below(3), values.below(3)),
                (op, index, input) -> {
                    int at = index[op.axis()] - op.before();
                    boolean inside = at >= 0 && at < input.dim(op.axis());
                    return inside ? shifted(index, op.axis(), -op.before()) : null;
                })
                .refuses(
                        new OpCase.Refusal(new Movement.Pad(1, 1, 1), Shape.of(3)),
                        new OpCase.Refusal(new Movement.Pad(0, -1, 1), Shape.of(3)),
                        new OpCase.Refusal(new Movement.Pad(0, 1, Integer.MAX_VALUE), Shape.of(3)));
    }

    private static OpCase<Movement.Concat> concat() {
        Function<Values, Shape[]> shapes = values -> {
            int axis = values.below(3);
            var common = values.shapeOfRank(3);
            var parts = new Shape[1 + values.below(4)];
            Arrays.setAll(parts, i -> common.with(axis, values.size()));
            return parts;
        };
        return new OpCase<>(
                Movement.Concat.class,
                (values, parts) -> new Movement.Concat(unequalAxis(parts)),
                List.of(
                        new Shape[] {Shape.of(3)},
                        new Shape[] {Shape.of(3), Shape.of(0), Shape.of(1)},
                        new Shape[] {Shape.of(2, 3), Shape.of(5, 3)},
                        new Shape[] {Shape.of(2, 3), Shape.of(2, 1), Shape.of(2, 3)},
                        new Shape[] {Shape.of(0, 3), Shape.of(0, 1)}),
                shapes,
                MovementCases::concatenated)
                .within(MovementCases::exactly)
                .refuses(
                        new OpCase.Refusal(new Movement.Concat(0)),
                        new OpCase.Refusal(new Movement.Concat(0), Shape.scalar(), Shape.scalar()),
                        new OpCase.Refusal(new Movement.Concat(2), Shape.of(2, 3)),
                        new OpCase.Refusal(new Movement.Concat(0), Shape.of(2, 3), Shape.of(2, 4)),
                        new OpCase.Refusal(new Movement.Concat(0), Shape.of(2, 3), Shape.of(2)));
    }

    private static int unequalAxis(Shape... parts) {
        for (int axis = 0; axis < parts[0].rank(); axis++) {
            int fixed = axis;
            if (Arrays.stream(parts).anyMatch(part -> part.dim(fixed) != parts[0].dim(fixed))) {
                return axis;
            }
        }
        return 0;
    }

    private static double[] concatenated(Movement.Concat op, double[][] x, Shape... parts) {
        int total = Arrays.stream(parts).mapToInt(part -> part.dim(op.axis())).sum();
        return Index.fill(parts[0].with(op.axis(), total), index -> {
            int part = 0;
            int at = index[op.axis()];
            while (at >= parts[part].dim(op.axis())) {
                at -= parts[part++].dim(op.axis());
            }
            return x[part][Index.flat(shifted(index, op.axis(), at - index[op.axis()]), parts[part])];
        });
    }
}
