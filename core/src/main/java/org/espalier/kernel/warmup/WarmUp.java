package org.espalier.kernel.warmup;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes the compiler take the vector kernels that a program asks for: runs each family on small data until it is faster
 * than its stand-in.
 *
 * <p>The compiler counts calls and iterations, so a large number of short products does more than a few long ones. The
 * thread that does it exists only while a family waits and is a daemon of low priority. So that the program hardly
 * notices on few cores, it begins two seconds late, when the compiler has taken the program's own methods, and then
 * works a tenth of the time; while a caller waits for it (asks {@link #settled}), it works all the time. A host that
 * refuses the thread keeps the scalar kernels.
 */
class WarmUp {
    /** A family that is not compiled within this many rounds, and this time, stays scalar. */
    private static final int ROUNDS = 4000;

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

    /** Pause after each round, in multiples of what the round took. */
    private static final int PAUSES = 9;

    /** On a machine that is busy otherwise, a round seems to take long. */
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private static final long WAITED_FOR = TimeUnit.MILLISECONDS.toNanos(200);

    /** From the first question until it begins. */
    private static final long DELAY = TimeUnit.SECONDS.toNanos(2);

    private final int rounds;
    private final long patience;
    private final long delay;
    private final Queue<Family> asked = new ArrayDeque<>();
    private boolean running;
    private boolean refused;
    private volatile long lastWait = System.nanoTime() - WAITED_FOR;
    private volatile Thread worker;

    WarmUp() {
        this(ROUNDS, PATIENCE, DELAY);
    }

    WarmUp(int rounds, long patience, long delay) {
        this.rounds = rounds;
        this.patience = patience;
        this.delay = delay;
    }

    /** Begins the warm-up of a family, if it has not begun; false where there can be none. */
    final synchronized boolean ask(Family family) {
        if (!family.isCold()) {
            return false;
        }
        if (refused) {
            family.end(false);
            return false;
        }
        family.begin();
        asked.add(family);
        if (!running) {
            try {
                start(new Runnable() {
                    @Override
                    public void run() {
                        work();
                    }
                });
                running = true;
            } catch (RuntimeException | OutOfMemoryError e) {
                // No thread may be made here: the scalar kernels go on answering.
                refused = true;
                asked.forEach(waiting -> waiting.end(false));
                asked.clear();
            }
        }
        return true;
    }

    /** Starts the thread of the warm-up; as a method, so that tests can refuse it. */
    void start(Runnable work) {
        var thread = new Thread(work, "espalier-warm-up");
        thread.setDaemon(true);
        thread.setPriority(Thread.MIN_PRIORITY);
        thread.start();
    }

    /** Whether no family that was asked for waits; to ask means to wait. */
    final synchronized boolean settled() {
        boolean settled = asked.isEmpty() && !running;
        if (!settled) {
            lastWait = System.nanoTime();
            LockSupport.unpark(worker);
        }
        return settled;
    }

    /** The families that were asked for, one after the other. */
    private void work() {
        worker = Thread.currentThread();
        try {
            pause(delay);
            for (Family family = first(); family != null; family = next()) {
                family.end(contest(family));
            }
        } catch (RuntimeException | Error e) {
            giveUp();
            throw e;
        }
    }

    /** Lets the program have the processor, until a caller waits. */
    private void pause(long nanos) {
        long start = System.nanoTime();
        var self = Thread.currentThread();
        long left = nanos;
        while (left > 0 && !isWaitedFor() && !self.isInterrupted()) {
            LockSupport.parkNanos(this, left);
            left = nanos - (System.nanoTime() - start);
        }
    }

    private boolean isWaitedFor() {
        return System.nanoTime() - lastWait < WAITED_FOR;
    }

    private synchronized Family first() {
        return asked.peek();
    }

    private synchronized Family next() {
        asked.remove();
        if (asked.isEmpty()) {
            stopped();
        }
        return asked.peek();
    }

    private synchronized void giveUp() {
        refused = true;
        asked.forEach(family -> family.end(false));
        asked.clear();
        stopped();
    }

    private void stopped() {
        running = false;
        worker = null;
    }

    private boolean contest(Family family) {
        return CompileContest.won(rounds, patience, () -> time(family, true), () -> time(family, false),
                nanos -> pause(Math.min(PAUSES * nanos, LONGEST_PAUSE)));
    }

    private static long time(Family family, boolean standIn) {
        long start = System.nanoTime();
        family.run(standIn);
        return System.nanoTime() - start;
    }
}
