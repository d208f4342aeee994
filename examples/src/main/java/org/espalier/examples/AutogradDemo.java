package org.espalier.examples;

import org.espalier.tensor.GradCheck;
import org.espalier.tensor.Tensor;

/**
 * Automatic differentiation worked out: one neuron, its gradient by the chain rule and by the library, and one step.
 */
final class AutogradDemo {
    void main() {
        // A neuron y = tanh(w·x + b) with the loss (y − 1)².
        var x = Tensor.vector(0.5f, -1.0f);
        var w = Tensor.vector(2.0f, 1.0f).withGrad();
        var b = Tensor.scalar(0.1f).withGrad();

        var z = w.times(x).sum().plus(b); //  2·0.5 − 1·1 + 0.1 = 0.1
        var y = z.tanh();
        var loss = y.minus(1).square();
        IO.println("z = " + z.item() + ", y = tanh(z) = " + y.item() + ", loss = (y - 1)^2 = " + loss.item());

        // The chain rule by hand: dloss/dz = 2(y − 1)·(1 − y²), then dz/dw = x and dz/db = 1.
        float dz = 2 * (y.item() - 1) * (1 - y.item() * y.item());
        IO.println("by hand:    dloss/dw = [" + dz * 0.5f + ", " + dz * -1.0f + "], dloss/db = " + dz);

        // The library walks the same graph backwards. Gradients are a value: nothing to reset before the next call.
        var gradients = loss.backward();
        IO.println("by backward: dloss/dw = " + gradients.of(w) + ", dloss/db = " + gradients.of(b).item());

        // One step of gradient descent makes the loss smaller.
        var better = w.minus(gradients.of(w).times(0.5f));
        var after = better.times(x).sum().plus(b).tanh().minus(1).square();
        IO.println("after one step of 0.5: w = " + better + ", loss = " + after.item());

        // Gradients are written in ops themselves, so they can be differentiated again: (t³)'' = 6t.
        var t = Tensor.scalar(3).withGrad();
        var first = t.pow(3).backwardWithGraph().of(t);
        IO.println("t = 3: (t^3)' = " + first.item() + ", (t^3)'' = " + first.backward().of(t).item());

        // And a check against difference quotients, for ops of your own.
        var worst = GradCheck.check(in -> in[0].times(in[1]).sum().tanh().minus(1).square(), w, x);
        IO.println("largest disagreement with difference quotients: " + worst.error());
    }
}
