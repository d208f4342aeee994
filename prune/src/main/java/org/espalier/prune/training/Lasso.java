package org.espalier.prune.training;

import java.util.function.Function;
import org.espalier.nn.Layer;
import org.espalier.nn.optim.LearningRate;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.prune.criterion.PrunableWeight;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * λ·Σ √n·‖w‖₂ over groups of n weights each: the lasso if every weight is a group (λ·Σ|w|), the group lasso if every
 * neuron or every input of a layer is. Weights of linear layers only, no biases.
 *
 * <p>There are two ways to use it, not to be combined. As a penalty, {@code trainer.penalty(lasso)}, its subgradient
 * joins the gradient (0 where ‖w‖ is 0): weights become small, seldom zero. {@linkplain #proximal As a listener} it
 * shrinks the groups after every step by the proximal operator, w ← w·max(0, 1 − η·λ·√n / ‖w‖): many become exactly 0,
 * and {@code Magnitude.L1} {@code .below(…)} makes a mask of them.
 *
 * <p>Sources: Tibshirani 1996; Yuan and Lin 2006; for networks Wen et al. 2016 (arXiv 1608.03665).
 *
 * @param group what shrinks together
 * @param lambda λ
 */
public record Lasso(Group group, float lambda) implements Function<Layer, Tensor> {
    /** What shrinks together. */
    public enum Group {
        /** Every weight by itself. */
        WEIGHT,
        /** A row: the weights into a neuron. */
        NEURON,
        /** A column: the weights out of an input. */
        INPUT
    }

    /** Checks λ; throws {@link IllegalArgumentException}. */
    public Lasso {
        if (!(lambda >= 0 && lambda < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the lasso needs a λ of at least 0, not " + lambda);
        }
    }

    /** The penalty on a model, of rank 0. */
    @Override
    public Tensor apply(Layer model) {
        var sum = Tensor.scalar(0);
        for (var target : PrunableWeight.of(model)) {
            var weight = target.weight().value();
            sum = sum.plus(switch (group) {
                case WEIGHT -> weight.abs().sum();
                case NEURON -> RowNorms.of(weight).sum().times((float) Math.sqrt(weight.dim(1)));
                case INPUT -> RowNorms.of(weight.transpose()).sum().times((float) Math.sqrt(weight.dim(0)));
            });
        }
        return sum.times(lambda);
    }

    /**
     * Shrinks a model's weights after every step.
     *
     * @param model what is trained
     * @param rate η of each step: the optimizer's. With rules that scale each gradient, such as Adam, it is not exactly
     *     the proximal step of the problem, but zeros are zeros
     */
    public Listener proximal(Layer model, LearningRate rate) {
        var targets = PrunableWeight.of(model);
        return event -> {
            if (event instanceof TrainingEvent.Stepped stepped) {
                targets.forEach(target -> shrink(target, (double) rate.at(stepped.step()) * lambda));
            }
        };
    }

    private void shrink(PrunableWeight target, double amount) {
        float[] elements = target.weight().value().toArray();
        int columns = target.weight().shape().dim(1);
        int rows = target.weight().shape().dim(0);
        switch (group) {
            case WEIGHT -> shrinkAll(elements, amount);
            case NEURON -> {
                for (int row = 0; row < rows; row++) {
                    shrink(elements, row * columns, 1, columns, amount);
                }
            }
            case INPUT -> {
                for (int column = 0; column < columns; column++) {
                    shrink(elements, column, columns, rows, amount);
                }
            }
        }
        target.weight().assign(Storage.adopt(target.weight().shape(), elements));
    }

    private static void shrinkAll(float[] elements, double amount) {
        for (int i = 0; i < elements.length; i++) {
            shrink(elements, i, 1, 1, amount);
        }
    }

    /** Shrinks {@code count} elements from {@code first} on, each {@code stride} after the one before. */
    static void shrink(float[] elements, int first, int stride, int count, double amount) {
        double squares = 0;
        for (int i = 0; i < count; i++) {
            squares += (double) elements[first + i * stride] * elements[first + i * stride];
        }
        double norm = Math.sqrt(squares);
        double factor = norm == 0 ? 0 : Math.max(0, 1 - amount * Math.sqrt(count) / norm);
        for (int i = 0; i < count; i++) {
            int k = first + i * stride;
            elements[k] = factor == 0 ? 0 : (float) (elements[k] * factor);
        }
    }
}
