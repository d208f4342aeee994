package org.espalier.kernel;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Working memory that a kernel reuses from call to call. A platform thread has its own. Virtual threads, of which there
 * may be a million, lease what is idle and give it back: a kernel never blocks, so at most as much is in use as there
 * are carrier threads.
 *
 * <p>A call that ends with an exception need not release: what it had is collected as garbage.
 *
 * @param <T> mutable and made for one caller at a time
 */
public abstract class Scratch<T> {
    /** What is kept for virtual threads at most. */
    private static final int SLOTS = 64;

    /** Elements from one slot to the next, so that slots of different threads share no cache line. */
    private static final int APART = 16;

    // No initial value, which would be a lambda: a program may start with these kernels.
    private final ThreadLocal<T> own = new ThreadLocal<>();
    private final AtomicReferenceArray<T> idle = new AtomicReferenceArray<>(SLOTS * APART);

    /** Makes a new one, as none is idle. */
    protected abstract T make();

    /** What the calling thread may use until it releases it. */
    public final T lease() {
        return Thread.currentThread().isVirtual() ? leaseIdle() : ofThread();
    }

    /** Gives back what {@link #lease} returned; the caller must not touch it again. */
    public final void release(T leased) {
        if (Thread.currentThread().isVirtual()) {
            keep(leased);
        }
    }

    private T ofThread() {
        T kept = own.get();
        if (kept == null) {
            kept = make();
            own.set(kept);
        }
        return kept;
    }

    private T leaseIdle() {
        for (int slot = 0; slot < SLOTS * APART; slot += APART) {
            if (idle.get(slot) != null) {
                T kept = idle.getAndSet(slot, null);
                if (kept != null) {
                    return kept;
                }
            }
        }
        return make();
    }

    private void keep(T leased) {
        for (int slot = 0; slot < SLOTS * APART; slot += APART) {
            if (idle.get(slot) == null && idle.compareAndSet(slot, null, leased)) {
                return;
            }
        }
    }
}
