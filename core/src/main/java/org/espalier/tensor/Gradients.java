package org.espalier.tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link Tensor#backward} returns: for each leaf that {@linkplain Tensor#withGrad() requires gradients}, the
 * gradient of the result with respect to it, in the leaf's shape. A value: nothing accumulates between two calls, and
 * several threads may differentiate through the same leaves at once. The gradient of a layer's weight is computed when
 * something first reads it, or piece by piece by an optimizer.
 *
 * {@snippet :
 * var w = Tensor.vector(1, 2).withGrad();
 * var x = Tensor.vector(3, 4);
 * Gradients gradients = w.times(x).sum().backward();
 * Tensor g = gradients.of(w);                                      // [3, 4]
 * Tensor stepped = NoGrad.call(() -> w.minus(g.times(0.1f)));      // gradient descent by hand
 * }
 */
public final class Gradients {
    private final Map<Tensor, Tensor> byLeaf = new IdentityHashMap<>();
    private final List<Tensor> leaves = new ArrayList<>();

    Gradients() {}

    void put(Tensor leaf, Tensor gradient) {
        byLeaf.put(leaf, gradient);
        leaves.add(leaf);
    }

    /**
     * The gradient for a leaf; zeros if the result does not depend on it.
     *
     * @throws IllegalArgumentException if the tensor is not a leaf that requires gradients
     */
    public Tensor of(Tensor leaf) {
        if (!leaf.isLeaf()) {
            throw new IllegalArgumentException("gradients are kept for leaves only: tensors made by withGrad()");
        }
        var gradient = byLeaf.get(leaf);
        return gradient == null ? Tensor.zeros(leaf.shape()) : gradient;
    }

    /** Whether the result depends on this leaf. */
    public boolean contains(Tensor leaf) {
        return byLeaf.containsKey(leaf);
    }

    /** The leaves the result depends on, in a fixed order. */
    public List<Tensor> leaves() {
        return List.copyOf(leaves);
    }

    /** The sum, leaf by leaf: of the shares of a batch that several workers computed, for example. */
    public Gradients plus(Gradients other) {
        var sum = new Gradients();
        for (var leaf : leaves) {
            var mine = byLeaf.get(leaf);
            sum.put(leaf, other.contains(leaf) ? mine.plus(other.of(leaf)) : mine);
        }
        for (var leaf : other.leaves) {
            if (!contains(leaf)) {
                sum.put(leaf, other.of(leaf));
            }
        }
        return sum;
    }

    /** Every gradient times a factor. */
    public Gradients times(float factor) {
        var scaled = new Gradients();
        for (var leaf : leaves) {
            scaled.put(leaf, byLeaf.get(leaf).times(factor));
        }
        return scaled;
    }
}
