package org.espalier.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Reverse-mode differentiation.
 *
 * <p>Idea: the graph hangs on the result, each tracked tensor knowing the op and inputs it came from. A depth-first
 * walk puts it in topological order; going through that order backwards, each op turns the gradient of its result into
 * the gradients of its tracked inputs. Sums happen in the order of the walk, which depends on the graph alone, so the
 * bits are reproducible. Broadcasting is undone here and nowhere else. Cost: one visit per tracked tensor and one
 * look-up per edge; the gradient of an inner tensor is dropped as soon as it has been passed on, and nothing is
 * recursive, so a graph may be as deep as memory allows. Source: Griewank and Walther, Evaluating Derivatives, 2008.
 */
final class Backward {
    private Backward() {}

    /** A tracked tensor met in the walk, and the sum of the gradients that have arrived so far. */
    private static final class Visit {
        final Tensor tensor;
        /** The visits of the tensor's inputs, null for an untracked one; null itself until this visit is opened. */
        Visit[] inputs;

        boolean ordered;
        Tensor gradient;

        Visit(Tensor tensor) {
            this.tensor = tensor;
        }

        void receive(Tensor share) {
            gradient = gradient == null ? share : gradient.plus(share);
        }
    }

    static Gradients of(Tensor result, Tensor seed) {
        if (!result.requiresGrad()) {
            throw new IllegalStateException("backward: the tensor does not depend on any tensor that requires gradients"
                    + " (mark one with withGrad(), and compute outside NoGrad)");
        }
        if (!seed.shape().equals(result.shape())) {
            throw ShapeException.of("backward", "the seed must have the result's shape", seed.shape(), result.shape());
        }
        var order = topologicalOrder(result);
        order.getLast().receive(seed);
        var leaves = new Gradients();
        for (int i = order.size() - 1; i >= 0; i--) {
            var visit = order.get(i);
            var g = visit.gradient;
            visit.gradient = null;
            var y = visit.tensor;
            if (y.isLeaf()) {
                // An op of the user's may return a tracked input as a gradient: a constant must not hold the graph.
                leaves.put(y, NoGrad.isActive() ? g.detach() : g);
                continue;
            }
            var inputs = y.node().inputs();
            for (int input = 0; input < inputs.length; input++) {
                if (visit.inputs[input] != null) {
                    var share = y.node().op().vjp(input, g, y, inputs);
                    visit.inputs[input].receive(summedTo(inputs[input].shape(), share));
                }
            }
        }
        return leaves;
    }

    /** Sums over the axes along which a gradient is larger than {@code to}: what undoes broadcasting. */
    static Tensor summedTo(Shape to, Tensor gradient) {
        var from = gradient.shape();
        if (from.equals(to)) {
            return gradient;
        }
        int extra = from.rank() - to.rank();
        var axes = new int[from.rank()];
        int count = 0;
        for (int axis = 0; axis < axes.length; axis++) {
            if (axis < extra || to.dim(axis - extra) == 1 && from.dim(axis) != 1) {
                axes[count++] = axis;
            }
        }
        return (count == 0 ? gradient : gradient.sum(true, Arrays.copyOf(axes, count))).reshape(to);
    }

    /** Visits of all tracked tensors, every one after those of the tensors it was computed from. */
    private static List<Visit> topologicalOrder(Tensor result) {
        var order = new ArrayList<Visit>();
        var visits = new IdentityHashMap<Tensor, Visit>();
        var stack = new ArrayDeque<Visit>();
        stack.push(new Visit(result));
        while (!stack.isEmpty()) {
            var visit = stack.peek();
            if (visit.inputs == null) {
                open(visit, visits, stack);
            } else {
                stack.pop();
                if (!visit.ordered) {
                    visit.ordered = true;
                    order.add(visit);
                }
            }
        }
        return order;
    }

    private static void open(Visit visit, IdentityHashMap<Tensor, Visit> visits, ArrayDeque<Visit> stack) {
        var inputs = visit.tensor.node().inputs();
        visit.inputs = new Visit[inputs.length];
        for (int i = inputs.length - 1; i >= 0; i--) {
            if (inputs[i].requiresGrad()) {
                visit.inputs[i] = visits.computeIfAbsent(inputs[i], Visit::new);
                if (visit.inputs[i].inputs == null) {
                    stack.push(visit.inputs[i]);
                }
            }
        }
    }
}
