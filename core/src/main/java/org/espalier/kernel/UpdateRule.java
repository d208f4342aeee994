package org.espalier.kernel;

/**
 * The arithmetic of one optimizer step, for {@link Kernels#update}. Below, g is the gradient, with weightDecay·w added
 * where the decay is not decoupled, and w the value; every operation is rounded to float in the order
 * shown. Moments start from zero.
 */
public sealed interface UpdateRule {
    /** Whether the rule reads and writes the first moment. */
    boolean usesFirst();

    /** Whether the rule reads and writes the second moment. */
    boolean usesSecond();

    /**
     * Stochastic gradient descent with optional heavy-ball or Nesterov momentum (Sutskever et al., 2013): first =
     * momentum·first + g; w − rate·first, or w − rate·(g + momentum·first) with Nesterov, or w − rate·g when the
     * momentum is 0 and there is no first moment.
     */
    record Sgd(float rate, float momentum, boolean nesterov, float weightDecay) implements UpdateRule {
        @Override
        public boolean usesFirst() {
            return momentum != 0;
        }

        @Override
        public boolean usesSecond() {
            return false;
        }
    }

    /**
     * Adam (Kingma and Ba, 2015) or, with {@code decoupled} decay, AdamW (Loshchilov and Hutter, 2019): first =
     * beta1·first + (1−beta1)·g; second = beta2·second + (1−beta2)·g·g; w·shrink − stepSize·first / (scale·√second +
     * epsilon), where shrink = 1 − rate·weightDecay when decoupled and else 1.
     *
     * @param step the number of this step, counted from 1
     */
    record Adam(float rate, float beta1, float beta2, float epsilon, float weightDecay, boolean decoupled, int step)
            implements UpdateRule {
        /** rate / (1 − beta1^step), the correction of the first moment's bias folded into the step. */
        public float stepSize() {
            return (float) (rate / (1 - StrictMath.pow(beta1, step)));
        }

        /** 1 / √(1 − beta2^step), the correction of the second moment's bias. */
        public float scale() {
            return (float) (1 / Math.sqrt(1 - StrictMath.pow(beta2, step)));
        }

        /** The factor of decoupled weight decay. */
        public float shrink() {
            return decoupled ? (float) (1 - (double) rate * weightDecay) : 1;
        }

        /** The decay that joins the gradient. */
        public float coupledDecay() {
            return decoupled ? 0 : weightDecay;
        }

        @Override
        public boolean usesFirst() {
            return true;
        }

        @Override
        public boolean usesSecond() {
            return true;
        }
    }

    /**
     * RMSProp (Tieleman and Hinton, 2012): second = decay·second + (1−decay)·g·g; d = g / (√second + epsilon); first =
     * momentum·first + d; w − rate·first, or w − rate·d when the momentum is 0 and there is no first moment.
     */
    record RmsProp(float rate, float decay, float epsilon, float momentum, float weightDecay) implements UpdateRule {
        @Override
        public boolean usesFirst() {
            return momentum != 0;
        }

        @Override
        public boolean usesSecond() {
            return true;
        }
    }
}
