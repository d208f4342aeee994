package org.espalier.parallel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * How many threads an operation may use. Without one, everything runs on the calling thread; a caller who wants more
 * creates one, runs code under it, and closes it:
 *
 * {@snippet :
 * var sums = new double[1000];
 * try (var threads = Parallelism.of(2)) {
 *     threads.run(() -> Parallelism.current().forRanges(sums.length, 16, (from, to) -> {
 *         for (int i = from; i < to; i++) {
 *             sums[i] = i * (i + 1) / 2.0;
 *         }
 *     }));
 * }
 * }
 *
 * <p>Work is split over outputs only, so results have the same bits for any number of threads. The threads are daemons,
 * created once; between two pieces of work they spin for some microseconds, then park. A pool serves one piece of work
 * at a time: work asked for from inside a task, or while another thread uses the pool, runs on its caller.
 */
public final class Parallelism implements AutoCloseable {
    private static final ScopedValue<Parallelism> CURRENT = ScopedValue.newInstance();
    private static final Parallelism SERIAL = new Parallelism(1);

    /** About 50 µs: longer than the pauses between the operations of a training step, shorter than a time slice. */
    private static final int SPINS = 2000;

    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final List<Worker> workers = new ArrayList<>();
    private volatile Job job;
    private volatile boolean closed;

    private Parallelism(int threads) {
        for (int i = 1; i < threads; i++) {
            workers.add(new Worker(i));
        }
        workers.forEach(Thread::start);
    }

    /** A task over the outputs [from, to). */
    @FunctionalInterface
    public interface RangeTask {
        /** Computes the outputs [from, to). */
        void run(int from, int to);
    }

    /**
     * A pool of that many threads, the calling one included; 1 starts none.
     *
     * @throws IllegalArgumentException if {@code threads} is not positive
     */
    public static Parallelism of(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, not " + threads);
        }
        return new Parallelism(threads);
    }

    /** The pool whose {@link #run} or {@link #call} is executing this code; one that runs serially if there is none. */
    public static Parallelism current() {
        return CURRENT.orElse(SERIAL);
    }

    /** How many threads work together, the calling one included. */
    public int threads() {
        return workers.size() + 1;
    }

    /**
     * Runs the action with this as {@link #current()}.
     *
     * @throws IllegalStateException if closed
     */
    public void run(Runnable action) {
        requireOpen();
        ScopedValue.where(CURRENT, this).run(action);
    }

    /**
     * The action's result, computed with this as {@link #current()}.
     *
     * @throws IllegalStateException if closed
     */
    public <T> T call(Supplier<T> action) {
        requireOpen();
        return ScopedValue.where(CURRENT, this).call(action::get);
    }

    /**
     * Runs the task over consecutive ranges that cover [0, total) exactly, at most one per thread, and waits for all of
     * them. Every range but the last has a length that is a multiple of {@code grain}. What a task throws is thrown
     * here once all have ended.
     *
     * @throws IllegalArgumentException if {@code grain} is not positive
     * @throws IllegalStateException if closed
     */
    public void forRanges(int total, int grain, RangeTask task) {
        requireOpen();
        if (grain < 1) {
            throw new IllegalArgumentException("grain must be at least 1, not " + grain);
        }
        if (total <= 0) {
            return;
        }
        int grains = (total - 1) / grain + 1;
        int parts = Math.min(grains, threads());
        if (parts == 1 || oneAtATime.isHeldByCurrentThread() || !oneAtATime.tryLock()) {
            task.run(0, total);
            return;
        }
        try {
            requireOpen();
            var shared = new Job(task, total, grain, grains, parts, Thread.currentThread());
            job = shared;
            for (int i = 0; i < parts - 1; i++) {
                workers.get(i).wake();
            }
            shared.runPart(0);
            shared.await();
            job = null;
            shared.rethrow();
        } finally {
            oneAtATime.unlock();
        }
    }

    /**
     * Ends the threads and waits until they have ended. Closing again does nothing.
     *
     * @throws IllegalStateException if called from inside one of this pool's tasks
     */
    @Override
    public void close() {
        if (this == SERIAL) {
            return;
        }
        boolean inside = Thread.currentThread() instanceof Worker worker && worker.pool() == this;
        if (inside || oneAtATime.isHeldByCurrentThread()) {
            throw new IllegalStateException("a Parallelism cannot be closed from inside one of its tasks");
        }
        oneAtATime.lock();
        try {
            closed = true;
            workers.forEach(LockSupport::unpark);
            boolean interrupted = false;
            for (Worker worker : workers) {
                interrupted |= joinUninterruptibly(worker);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    private static boolean joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this Parallelism is closed");
        }
    }

    /** One piece of work, cut into one part for each thread that takes part. */
    private static final class Job {
        private final RangeTask task;
        private final int total;
        private final int grain;
        private final int grains;
        private final int parts;
        private final Thread caller;
        private final AtomicInteger open;
        private volatile boolean callerParked;
        private Throwable failure;

        Job(RangeTask task, int total, int grain, int grains, int parts, Thread caller) {
            this.task = task;
            this.total = total;
            this.grain = grain;
            this.grains = grains;
            this.parts = parts;
            this.caller = caller;
            this.open = new AtomicInteger(parts);
        }

        void runPart(int part) {
            try {
                task.run(boundary(part), boundary(part + 1));
            } catch (Throwable e) {
                fail(e);
            }
            if (open.decrementAndGet() == 0 && callerParked) {
                LockSupport.unpark(caller);
            }
        }

        private int boundary(int part) {
            return (int) Math.min(total, (long) grains * part / parts * grain);
        }

        private synchronized void fail(Throwable e) {
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        }

        void await() {
            for (int i = 0; i < SPINS && open.get() > 0; i++) {
                Thread.onSpinWait();
            }
            boolean interrupted = false;
            callerParked = true;
            while (open.get() > 0) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                caller.interrupt();
            }
        }

        synchronized void rethrow() {
            switch (failure) {
                case null -> {}
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(failure);
            }
        }
    }

    private final class Worker extends Thread {
        private final int part;
        private volatile boolean parked;

        Worker(int part) {
            super("espalier-" + part);
            this.part = part;
            setDaemon(true);
        }

        Parallelism pool() {
            return Parallelism.this;
        }

        void wake() {
            if (parked) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            Job done = null;
            while (true) {
                Job next = await(done);
                if (next == null) {
                    return;
                }
                done = next;
                if (part < next.parts) {
                    next.runPart(part);
                }
            }
        }

        /** The next job after {@code done}, or null once the pool is closed. */
        private Job await(Job done) {
            for (int spins = 0; !closed; spins++) {
                Job next = job;
                if (next != null && next != done) {
                    return next;
                }
                if (spins < SPINS) {
                    Thread.onSpinWait();
                    continue;
                }
                parked = true;
                // Look again after saying so: a caller that did not see the flag has published its job before this.
                next = job;
                if ((next == null || next == done) && !closed) {
                    LockSupport.park(Parallelism.this);
                    Thread.interrupted();
                }
                parked = false;
            }
            return null;
        }
    }
}
