package org.espalier.nn.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.espalier.io.DType;
import org.espalier.io.RawTensor;
import org.espalier.nn.onnx.operator.Attribute;
import org.espalier.tensor.Indexing;
import org.espalier.tensor.Movement;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Op;
import org.espalier.tensor.Recording;
import org.espalier.tensor.Reduction;
import org.espalier.tensor.Selection;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Writes a layer that is only known as code: runs its forward pass and makes a node of each op it applies.
 *
 * <p>Idea: the pass is run twice, with two and with three rows of other values. Sizes that differ are those of the
 * batch; a tensor that no op made is a constant if it is the same both times. Anything else that differs depends on the
 * input in a way that no op says, and is refused: a node made of it would compute something else.
 */
final class OnnxTracer {
    /** The rows of the two sample batches. */
    static final int[] ROWS = {2, 3};

    private static final int WHOLE = Integer.MAX_VALUE;

    private final GraphWriter graph;
    private final String path;
    private final OpNodes nodes;
    private final Function<Tensor, String> parameters;
    private final List<Map<Tensor, String>> names = List.of(new IdentityHashMap<>(), new IdentityHashMap<>());
    /** The value whose rows are those of the batch. */
    private String batch;

    /** The arrays of values, in the first run, whose expansion is left to the operator that reads them. */
    private Set<float[]> broadcast = Set.of();

    private final List<List<Tensor>> made = List.of(new ArrayList<>(), new ArrayList<>());

    /**
     * A tracer of one layer.
     *
     * @param parameters gives the constant of a tensor that is a parameter's value, or null
     */
    OnnxTracer(GraphWriter graph, String path, Function<Tensor, String> parameters) {
        this.graph = graph;
        this.path = path;
        this.nodes = new OpNodes(graph, path);
        this.parameters = parameters;
    }

    private IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("ONNX: layer " + path + " " + what
                + "; compute it with tensor functions alone, or leave the layer out of the model that is exported");
    }

    /** Adds the nodes; gives the name of the result. */
    String trace(Function<List<Tensor>, Tensor> forward, List<String> inputs, List<List<Tensor>> samples) {
        batch = inputs.getFirst();
        var results = new Tensor[ROWS.length];
        var runs = new ArrayList<List<Recording.Applied>>();
        for (int run = 0; run < ROWS.length; run++) {
            int index = run;
            for (int i = 0; i < inputs.size(); i++) {
                put(run, samples.get(run).get(i), inputs.get(i));
            }
            runs.add(Recording.of(() -> results[index] = NoGrad.call(() -> forward.apply(samples.get(index)))));
        }
        if (runs.get(0).size() != runs.get(1).size()) {
            throw refused("applies other functions to other inputs");
        }
        broadcast = broadcastAnyway(runs.get(0), results[0]);
        for (int i = 0; i < runs.get(0).size(); i++) {
            add(runs.get(0).get(i), runs.get(1).get(i));
        }
        return name(results[0], results[1]);
    }

    /**
     * The arrays of expanded values that only selections read, each beside a value of the whole shape: there ONNX
     * expands by itself, and the graph need not say how many rows there are.
     */
    private static Set<float[]> broadcastAnyway(List<Recording.Applied> run, Tensor result) {
        Set<float[]> expanded = Collections.newSetFromMap(new IdentityHashMap<>());
        for (var applied : run) {
            if (applied.op() instanceof Movement.Expand) {
                expanded.add(Storage.array(applied.result()));
            }
        }
        expanded.remove(Storage.array(result));
        for (var applied : run) {
            var read = applied.inputs().stream().map(Storage::array).toList();
            if (!(applied.op() instanceof Selection.Where) || expanded.containsAll(read)) {
                expanded.removeAll(read);
            }
        }
        return expanded;
    }

    private void put(int run, Tensor tensor, String name) {
        names.get(run).put(tensor, name);
        made.get(run).add(tensor);
    }

    /** The value that a tensor is: made before, perhaps under another view of the same elements, or a constant. */
    private String name(Tensor first, Tensor second) {
        var name = known(0, first);
        if (name != null) {
            if (!name.equals(known(1, second))) {
                throw refused("uses other values for other inputs");
            }
            return name;
        }
        if (known(1, second) != null || !first.shape().equals(second.shape())
                || !Arrays.equals(first.toArray(), second.toArray())) {
            throw refused("uses a tensor that depends on its input, but was not made of it by tensor functions");
        }
        var parameter = parameters.apply(first);
        var constant = parameter != null ? parameter : graph.constant(path + ".constant", RawTensor.of(first));
        put(0, first, constant);
        put(1, second, constant);
        return constant;
    }

    private String known(int run, Tensor tensor) {
        var name = names.get(run).get(tensor);
        if (name != null) {
            return name;
        }
        for (var one : made.get(run).reversed()) {
            if (one.shape().equals(tensor.shape()) && Storage.array(one) == Storage.array(tensor)) {
                return names.get(run).get(one);
            }
        }
        return null;
    }

    private void add(Recording.Applied first, Recording.Applied second) {
        boolean same = first.op().getClass() == second.op().getClass()
                && first.inputs().size() == second.inputs().size();
        if (!same) {
            throw refused("applies other functions to other inputs");
        }
        var in = new String[first.inputs().size()];
        for (int i = 0; i < in.length; i++) {
            in[i] = name(first.inputs().get(i), second.inputs().get(i));
        }
        var name = switch (first.op()) {
            case Movement movement -> movement(movement, first, second, in);
            case Indexing indexing -> indexing(indexing, first, second, in);
            default -> {
                if (!haveSameSettings(first.op(), second.op())) {
                    throw refused("applies " + first.op() + " to one batch and " + second.op() + " to another");
                }
                yield nodes.of(first.op(), first.inputs().getFirst().rank(), in);
            }
        };
        if (name == null) {
            throw refused("applies " + first.op().name() + ", for which ONNX has no operator");
        }
        put(0, first.result(), name);
        put(1, second.result(), name);
    }

    private static boolean haveSameSettings(Op a, Op b) {
        return a instanceof Reduction fold && b instanceof Reduction other
                ? Arrays.equals(fold.axes(), other.axes()) && fold.keepDims() == other.keepDims()
                : a.equals(b);
    }

    private String node(String operator, ProtoWriter attributes, String... inputs) {
        return graph.node(operator, path + "/" + operator, attributes, inputs);
    }

    private String integers(String what, int... values) {
        return graph.constant(path + "." + what, RawTensor.ofInts(DType.I64, Shape.of(values.length), values));
    }

    private String movement(Movement op, Recording.Applied first, Recording.Applied second, String... in) {
        int rank = first.inputs().getFirst().rank();
        return switch (op) {
            case Movement.Reshape reshape -> reshaped(first, second, in[0]);
            case Movement.Transpose transpose -> {
                int[] order = IntStream.range(0, rank).toArray();
                order[rank - 1] = rank - 2;
                order[rank - 2] = rank - 1;
                yield permuted(in[0], order);
            }
            case Movement.Permute(int[] order) -> permuted(in[0], order);
            case Movement.Expand expand -> broadcast.contains(Storage.array(first.result()))
                    ? in[0]
                    : expanded(first, second, in[0]);
            case Movement.Slice(int axis, int from, int to) -> {
                var other = (Movement.Slice) second.op();
                boolean whole = to == first.inputs().getFirst().dim(axis)
                        && other.to() == second.inputs().getFirst().dim(axis);
                if (from != other.from() || !whole && to != other.to()) {
                    throw refused("takes other rows of other batches");
                }
                yield node("Slice", new ProtoWriter(), in[0], integers("from", from),
                        integers("to", whole ? WHOLE : to), integers("axis", axis));
            }
            case Movement.Pad(int axis, int before, int after) -> {
                if (!op.equals(second.op())) {
                    throw refused("pads other batches by other numbers of rows");
                }
                int[] pads = new int[2 * rank];
                pads[axis] = before;
                pads[rank + axis] = after;
                yield node("Pad", new ProtoWriter(), in[0], integers("pads", pads));
            }
            case Movement.Concat(int axis) -> node("Concat", GraphWriter.with(new ProtoWriter(), "axis", axis), in);
            default -> null;
        };
    }

    private String permuted(String x, int... order) {
        return node("Transpose", GraphWriter.with(new ProtoWriter(), "perm",
                new Attribute.Integers(false, Arrays.stream(order).asLongStream().toArray())), x);
    }

    /** The sizes as numbers, those of the batch as what the input has in the same place, or as what remains. */
    private String reshaped(Recording.Applied first, Recording.Applied second, String x) {
        int[] sizes = first.result().shape().dims();
        int[] others = second.result().shape().dims();
        int[] from = first.inputs().getFirst().shape().dims();
        int[] otherFrom = second.inputs().getFirst().shape().dims();
        if (sizes.length != others.length) {
            throw refused("reshapes other batches to other numbers of axes");
        }
        boolean rest = false;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == others[i]) {
                continue;
            }
            boolean same = i < from.length && from[i] == sizes[i] && otherFrom[i] == others[i];
            if (!same && rest) {
                throw refused("reshapes to two sizes that depend on the batch");
            }
            rest |= !same;
            sizes[i] = same ? 0 : -1;
        }
        return node("Reshape", new ProtoWriter(), x, integers("shape", sizes));
    }

    private String expanded(Recording.Applied first, Recording.Applied second, String x) {
        int[] sizes = first.result().shape().dims();
        int[] others = second.result().shape().dims();
        var from = first.inputs().getFirst().shape();
        int rows = -1;
        for (int i = 0; i < sizes.length; i++) {
            int axis = i - sizes.length + from.rank();
            if (sizes[i] == others[i]) {
                continue;
            }
            if (axis >= 0 && from.dim(axis) == sizes[i]) {
                // it has the size of the batch already
                sizes[i] = 1;
            } else if (rows < 0 && sizes[i] == ROWS[0] && others[i] == ROWS[1]) {
                rows = i;
            } else {
                throw refused("expands a value to a size that depends on the batch in more than one way");
            }
        }
        var shape = rows < 0 ? integers("shape", sizes) : withRows(rows, sizes);
        return node("Expand", new ProtoWriter(), x, shape);
    }

    /** Sizes as a value, one of them the number of rows of the batch. */
    private String withRows(int axis, int... sizes) {
        var shape = node("Shape", new ProtoWriter(), batch);
        var rows = node("Slice", new ProtoWriter(), shape, integers("from", 0), integers("to", 1));
        return node("Concat", GraphWriter.with(new ProtoWriter(), "axis", 0),
                integers("outer", Arrays.copyOf(sizes, axis)), rows,
                integers("inner", Arrays.copyOfRange(sizes, axis + 1, sizes.length)));
    }

    private String indexing(Indexing op, Recording.Applied first, Recording.Applied second, String... in) {
        return switch (op) {
            case Indexing.Gather(int axis, int[] indices) -> {
                if (!Arrays.equals(indices, ((Indexing.Gather) second.op()).indices())) {
                    throw refused("picks elements by indices that depend on its input");
                }
                yield node("Gather", GraphWriter.with(new ProtoWriter(), "axis", axis), in[0],
                        integers("indices", indices));
            }
            case Indexing.Take(Shape to, int[] indices) -> {
                boolean same = to.equals(second.result().shape())
                        && Arrays.equals(indices, ((Indexing.Take) second.op()).indices());
                if (!same || first.inputs().getFirst().size() != second.inputs().getFirst().size()) {
                    throw refused("picks elements by indices that depend on its input");
                }
                var flat = node("Reshape", new ProtoWriter(), in[0], integers("flat", -1));
                var taken = node("Gather", GraphWriter.with(new ProtoWriter(), "axis", 0), flat,
                        integers("indices", indices));
                yield node("Reshape", new ProtoWriter(), taken, integers("shape", to.dims()));
            }
            default -> null;
        };
    }
}
