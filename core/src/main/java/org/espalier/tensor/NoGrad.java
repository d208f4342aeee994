package org.espalier.tensor;

import java.util.function.Supplier;

/**
 * Runs code whose results are not tracked: for inference, evaluation and updates. The scope belongs to the calling
 * thread (and what it forks with structured concurrency) and ends with the call, so it cannot be left open.
 *
 * {@snippet :
 * var w = Tensor.vector(1, 2).withGrad();
 * Tensor norm = NoGrad.call(() -> w.norm());       // norm.requiresGrad() is false
 * }
 */
public final class NoGrad {
    private static final ScopedValue<Boolean> ACTIVE = ScopedValue.newInstance();

    private NoGrad() {}

    /** Computes a value without recording gradients. */
    public static <T> T call(Supplier<T> body) {
        return ScopedValue.where(ACTIVE, true).call(body::get);
    }

    /** Runs an action without recording gradients. */
    public static void run(Runnable body) {
        ScopedValue.where(ACTIVE, true).run(body);
    }

    static boolean isActive() {
        return ACTIVE.isBound();
    }
}
