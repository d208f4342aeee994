package org.espalier.nn.infer;

import java.util.Arrays;

/**
 * Memory for the intermediate results of an {@link InferenceModel}, taken and released like a stack. It grows when it
 * is too small and is then kept, so a warm workspace allocates nothing. For one thread at a time.
 */
public final class Workspace {
    private float[][] buffers = new float[4][];
    private int taken;

    /** An empty workspace. */
    public Workspace() {}

    /** At least {@code size} numbers of unknown value, to be given back by {@link #release}. */
    public float[] take(int size) {
        if (taken == buffers.length) {
            buffers = Arrays.copyOf(buffers, 2 * taken);
        }
        var buffer = buffers[taken];
        if (buffer == null || buffer.length < size) {
            buffer = new float[size];
            buffers[taken] = buffer;
        }
        taken++;
        return buffer;
    }

    /** Gives back what was taken last. */
    public void release() {
        taken--;
    }

    /** Gives back everything, even what a failed step left. */
    void reset() {
        taken = 0;
    }
}
