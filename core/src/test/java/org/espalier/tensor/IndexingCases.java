package org.espalier.tensor;

import java.util.Arrays;
import java.util.List;

/** Samples and references of the {@link Indexing} ops. */
final class IndexingCases {
    private IndexingCases() {}

    static List<OpCase<?>> all() {
        return List.of(take(), putAdd(), gather(), scatterAdd());
    }

    private static int[] indices(Values values, int count, int bound) {
        var indices = new int[count];
        Arrays.setAll(indices, i -> values.below(bound));
        return indices;
    }

    private static OpCase<Indexing.Take> take() {
        return MovementCases.move(
                Indexing.Take.class,
                0,
                (values, shape) -> {
                    var to = shape.size() == 0 ? Shape.of(0, 2) : values.shape(0);
                    return new Indexing.Take(to, indices(values, to.size(), shape.size()));
                },
                (op, index, input) -> Index.of(op.indices()[Index.flat(index, op.to())], input))
                .refuses(
                        new OpCase.Refusal(new Indexing.Take(Shape.of(2), new int[] {0}), Shape.of(3)),
                        new OpCase.Refusal(new Indexing.Take(Shape.of(2), new int[] {0, 3}), Shape.of(3)),
                        new OpCase.Refusal(new Indexing.Take(Shape.of(1), new int[] {-1}), Shape.of(3)),
                        new OpCase.Refusal(new Indexing.Take(Shape.of(1), new int[] {0}), Shape.of(0)));
    }

    private static OpCase<Indexing.PutAdd> putAdd() {
        return new OpCase<>(
                Indexing.PutAdd.class,
                (values, shapes) -> {
                    var to = Shape.of(1 + values.below(3), 1 + values.below(4));
                    return new Indexing.PutAdd(to, indices(values, shapes[0].size(), to.size()));
                },
                Values.EDGES.stream().map(edge -> new Shape[] {edge}).toList(),
                values -> new Shape[] {values.shape(0)},
                (op, x, shapes) -> {
                    var out = new double[op.to().size()];
                    for (int i = 0; i < x[0].length; i++) {
                        out[op.indices()[i]] += x[0][i];
                    }
                    return out;
                })
                .refuses(
                        new OpCase.Refusal(new Indexing.PutAdd(Shape.of(4), new int[] {0}), Shape.of(2)),
                        new OpCase.Refusal(new Indexing.PutAdd(Shape.of(4), new int[] {0, 4}), Shape.of(2)),
                        new OpCase.Refusal(new Indexing.PutAdd(Shape.of(4), new int[] {0, -1}), Shape.of(2)));
    }

    private static OpCase<Indexing.Gather> gather() {
        return MovementCases.move(
                Indexing.Gather.class,
                1,
                (values, shape) -> {
                    int axis = values.below(shape.rank());
                    var indices = new int[shape.dim(axis) == 0 ? 0 : values.below(6)];
                    Arrays.setAll(indices, i -> values.below(shape.dim(axis)));
                    return new Indexing.Gather(axis, indices);
                },
                (op, index, input) -> MovementCases.shifted(index, op.axis(),
                        op.indices()[index[op.axis()]] - index[op.axis()]))
                .refuses(
                        new OpCase.Refusal(new Indexing.Gather(0, new int[] {0}), Shape.scalar()),
                        new OpCase.Refusal(new Indexing.Gather(1, new int[] {0, 3}), Shape.of(2, 3)),
                        new OpCase.Refusal(new Indexing.Gather(0, new int[] {-1}), Shape.of(2, 3)),
                        new OpCase.Refusal(new Indexing.Gather(0, new int[] {0}), Shape.of(0)));
    }

    private static OpCase<Indexing.ScatterAdd> scatterAdd() {
        return new OpCase<>(
                Indexing.ScatterAdd.class,
                (values, shapes) -> {
                    int axis = values.below(shapes[0].rank());
                    int size = 1 + values.below(5);
                    var indices = new int[shapes[0].dim(axis)];
                    Arrays.setAll(indices, i -> values.below(size));
                    return new Indexing.ScatterAdd(axis, indices, size);
                },
                Values.EDGES.stream().filter(e -> e.rank() > 0).map(e -> new Shape[] {e}).toList(),
                values -> new Shape[] {values.shape(1)},
                (op, x, shapes) -> {
                    var to = shapes[0].with(op.axis(), op.size());
                    var out = new double[to.size()];
                    for (int i = 0; i < x[0].length; i++) {
                        int[] index = Index.of(i, shapes[0]);
                        index[op.axis()] = op.indices()[index[op.axis()]];
                        // Index.flat would read a size of 1 as broadcast; here the index is then 0 anyway.
                        out[Index.flat(index, to)] += x[0][i];
                    }
                    return out;
                })
                .refuses(
                        new OpCase.Refusal(new Indexing.ScatterAdd(0, new int[] {0}, 1), Shape.scalar()),
                        new OpCase.Refusal(new Indexing.ScatterAdd(0, new int[] {0}, 1), Shape.of(2)),
                        new OpCase.Refusal(new Indexing.ScatterAdd(0, new int[] {0, 2}, 2), Shape.of(2)),
                        new OpCase.Refusal(new Indexing.ScatterAdd(0, new int[] {0, 0}, -1), Shape.of(2)));
    }
}
