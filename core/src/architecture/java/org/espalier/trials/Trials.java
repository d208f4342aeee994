package org.espalier.trials;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Counts what a test tries. In the long tiers a line for each test goes to {@code target/trials.tsv}, from which
 * {@link TrialsSummary} adds up; a test that fails is in it with what it had tried by then.
 */
public final class Trials {
    static final String FILE = "trials.tsv";

    private final Promise promise;
    private final String subject;
    private long tried;

    private Trials(Promise promise, String subject) {
        this.promise = promise;
        this.subject = subject;
    }

    /**
     * Trials of a promise.
     *
     * @param subject on what: a format, an op, a kind of run
     */
    public static Trials of(Promise promise, String subject) {
        return new Trials(promise, subject);
    }

    /** One trial. */
    @FunctionalInterface
    public interface Trial {
        /** Tries, with the number of the trial, from 0. */
        void run(long number) throws Exception;
    }

    /** A test that counts for itself, by {@link #add}. */
    @FunctionalInterface
    public interface Body {
        /** Tries. */
        void run(Trials trials) throws Exception;
    }

    /** As often as the tier asks for. */
    public void each(Trial trial) throws Exception {
        run(trials -> {
            for (long number = 0; number < promise.count(); number++) {
                try {
                    trial.run(number);
                } catch (Exception | Error e) {
                    throw new AssertionError(subject + ", trial " + number + ": " + e.getMessage(), e);
                }
                add(1);
            }
        });
    }

    /** Once, by a test that counts for itself. */
    public void run(Body body) throws Exception {
        long begin = System.nanoTime();
        boolean passed = false;
        try {
            body.run(this);
            passed = true;
        } finally {
            record(passed, (System.nanoTime() - begin) / 1e9);
        }
    }

    /** So many more were tried. */
    public synchronized void add(long more) {
        tried += more;
    }

    private void record(boolean passed, double seconds) throws IOException {
        if (Promise.Tier.current() == Promise.Tier.BUILD) {
            return;
        }
        var line = String.format(Locale.ROOT, "%s\t%s\t%d\t%d\t%.1f%n",
                promise.name(), subject, tried, passed ? 0 : 1, seconds);
        Path target = Files.createDirectories(Path.of(System.getProperty("basedir", "."), "target"));
        Files.writeString(target.resolve(FILE), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
