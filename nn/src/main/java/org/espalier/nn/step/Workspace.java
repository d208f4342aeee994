package org.espalier.nn.step;

import java.util.Arrays;

/**
 * Memory for the intermediate results of {@link Step}s, taken and released like a stack. It grows when it
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

    /** How many buffers are taken. */
    int taken() {
        return taken;
    }

    /** A buffer that is taken, by its place in the order of taking. */
    float[] at(int place) {
        return buffers[place];
    }

    /** Gives back everything, even what a failed step left. */
    public void reset() {
        taken = 0;
    }
}
