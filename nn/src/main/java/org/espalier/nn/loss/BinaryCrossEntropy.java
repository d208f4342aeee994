package org.espalier.nn.loss;

import org.espalier.tensor.Tensor;

/**
 * Yes-or-no outputs: the mean over all elements of −t·log σ(x) − (1 − t)·log(1 − σ(x)), x being logits and t targets in
 * [0, 1] of the same shape. Do not apply the sigmoid before.
 *
 * <p>Computed as t·softplus(−x) + (1 − t)·softplus(x), which neither overflows nor cancels for any finite logit.
 */
public record BinaryCrossEntropy() implements Loss {
    @Override
    public Tensor value(Tensor output, Tensor target) {
        Loss.requireSameShape("binary cross-entropy", output, target);
        var yes = output.negate().softplus().weighted(target);
        var no = output.softplus().weighted(target.affine(-1, 1));
        return yes.plus(no).mean();
    }
}
