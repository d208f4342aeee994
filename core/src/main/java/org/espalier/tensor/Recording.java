package org.espalier.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * The ops that a computation applies, whether gradients flow through them or not: for writing a function that is only
 * known as code in another form. The scope belongs to the calling thread and ends with the call.
 */
public final class Recording {
    private static final ScopedValue<List<Applied>> ACTIVE = ScopedValue.newInstance();

    /**
     * One op that was applied.
     *
     * @param op the op with its attributes
     * @param inputs the very tensors it was given
     * @param result the very tensor it made
     */
    public record Applied(Op op, List<Tensor> inputs, Tensor result) {
        /** Copies the list. */
        public Applied {
            inputs = List.copyOf(inputs);
        }
    }

    private Recording() {}

    /** Runs a computation; gives the ops it applied, in order. */
    public static List<Applied> of(Runnable body) {
        var applied = new ArrayList<Applied>();
        ScopedValue.where(ACTIVE, applied).run(body);
        return List.copyOf(applied);
    }

    /** Notes an op that has just been applied; gives its result. */
    static Tensor note(Op op, Tensor result, Tensor... inputs) {
        if (ACTIVE.isBound()) {
            ACTIVE.get().add(new Applied(op, List.of(inputs), result));
        }
        return result;
    }
}
