package org.espalier.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reverse-mode differentiation.
 *
 * <p>Idea: the graph hangs on the result, each tracked tensor knowing the op and inputs it came from. A depth-first walk
 * puts it in topological order; going through that order backwards, each op turns the gradient of its result into the
 * gradients of its tracked inputs. Sums happen in the order of the walk, which depends on the graph alone, so the bits
 * are reproducible. Broadcasting is undone here and nowhere else. Cost: one visit per tracked tensor; the gradient of an
 * inner tensor is dropped as soon as it has been passed on. Source: Griewank and Walther, Evaluating Derivatives, 2008.
 */
final class Backward {
    private Backward() {}

    static Gradients of(Tensor result, Tensor seed) {
        if (!result.isTracked()) {
            throw new IllegalStateException("backward: the tensor does not depend on any tensor that requires gradients"
                    + " (mark one with requiresGrad(), and compute outside NoGrad)");
        }
        if (!seed.shape().equals(result.shape())) {
            throw ShapeException.of("backward", "the seed must have the result's shape", seed.shape(), result.shape());
        }
        var order = topologicalOrder(result);
        Map<Tensor, Tensor> pending = new IdentityHashMap<>();
        pending.put(result, seed);
        var leaves = new Gradients();
        for (int i = order.size() - 1; i >= 0; i--) {
            var y = order.get(i);
            var g = pending.remove(y);
            if (y.node().isLeaf()) {
                leaves.put(y, g);
                continue;
            }
            var inputs = y.node().inputs();
            for (int input = 0; input < inputs.length; input++) {
                if (inputs[input].isTracked()) {
                    var share = y.node().op().vjp(input, g, y, inputs).sumTo(inputs[input].shape());
                    pending.merge(inputs[input], share, Tensor::plus);
                }
            }
        }
        return leaves;
    }

    /** Tracked tensors, every one after all the tensors it was computed from. */
    private static List<Tensor> topologicalOrder(Tensor result) {
        record Visit(Tensor tensor, boolean done) {}
        var order = new ArrayList<Tensor>();
        var seen = new IdentityHashMap<Tensor, Boolean>();
        var stack = new ArrayDeque<Visit>();
        stack.push(new Visit(result, false));
        while (!stack.isEmpty()) {
            var visit = stack.pop();
            if (visit.done) {
                order.add(visit.tensor);
            } else if (seen.put(visit.tensor, true) == null) {
                stack.push(new Visit(visit.tensor, true));
                var inputs = visit.tensor.node().inputs();
                for (int i = inputs.length - 1; i >= 0; i--) {
                    if (inputs[i].isTracked()) {
                        stack.push(new Visit(inputs[i], false));
                    }
                }
            }
        }
        return order;
    }
}
