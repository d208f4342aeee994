package org.espalier.trials;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damaged inputs for one parser: each gives a result or the refusal that the parser documents, allocates at most 1 MiB
 * and four times its length, and is done within seconds of processor time. {@code -Despalier.fuzz=1000000} tries that
 * many, {@code -Despalier.fuzz.seed=N} repeats one.
 *
 * @param <T> what the parser returns
 */
public final class DamagedInputs<T> {
    /** Thousands of times what an input of a few thousand bytes takes. */
    private static final double LONGEST_SECONDS = 10;
    /** How often a good input is as likely to be damaged as one of a corpus. */
    private static final int WEIGHT = 20;
    /** Too few to expect refusals and results among them. */
    private static final int FEW = 100;
    private static final long SEED = Long.getLong("espalier.fuzz.seed", 23);

    private final String subject;
    private final Parser<T> parser;
    private final Class<? extends Exception> refusal;
    private final Check<T> check;
    private final Parser<byte[]> wrap;

    /** The code that reads an input. */
    @FunctionalInterface
    public interface Parser<T> {
        /** Reads. */
        T read(byte[] input) throws Exception;
    }

    /** What must hold for a result, for example that it can be written and read again. */
    @FunctionalInterface
    public interface Check<T> {
        /** Throws if it does not hold. */
        void accept(T result) throws Exception;
    }

    /**
     * A parser.
     *
     * @param refusal the one exception it may end with
     */
    public DamagedInputs(String subject, Parser<T> parser, Class<? extends Exception> refusal, Check<T> check) {
        this(subject, parser, refusal, check, input -> input);
    }

    private DamagedInputs(
            String subject, Parser<T> parser, Class<? extends Exception> refusal, Check<T> check, Parser<byte[]> wrap) {
        this.subject = subject;
        this.parser = parser;
        this.refusal = refusal;
        this.check = check;
        this.wrap = wrap;
    }

    /** What makes a file of an input, for example by a checksum that is right; it may refuse too. */
    public DamagedInputs<T> wrapped(Parser<byte[]> wrapper) {
        return new DamagedInputs<>(subject, parser, refusal, check, wrapper);
    }

    /** Good inputs must be read. Then as many damaged ones as the tier asks for, made of these and of the corpus. */
    public void tryAll(List<byte[]> good, List<byte[]> corpus) throws Exception {
        var files = new ArrayList<>(corpus);
        for (byte[] input : good) {
            check.accept(parser.read(wrap.read(input)));
            files.addAll(Collections.nCopies(WEIGHT, input));
        }
        var refused = new long[1];
        long count = Promise.DAMAGED_INPUTS.count();
        Trials.of(Promise.DAMAGED_INPUTS, subject).run(trials -> {
            for (long seed = SEED; seed < SEED + count; seed++) {
                byte[] input = new Mutations(new SplittableRandom(seed)).damage(files);
                refused[0] += isRefused(input, "-Despalier.fuzz.seed=" + seed) ? 1 : 0;
                trials.add(1);
            }
        });
        assertTrue(
                count < FEW || refused[0] > count / 8 && refused[0] < count, refused[0] + " of " + count + " refused");
    }

    /** The inputs of a corpus as they are, some of which must be read and others refused. */
    public void tryCorpus(List<byte[]> corpus) throws Exception {
        int refused = 0;
        for (int i = 0; i < corpus.size(); i++) {
            refused += isRefused(corpus.get(i), "line " + i + " of the corpus") ? 1 : 0;
        }
        assertTrue(refused > 0 && refused < corpus.size(), refused + " of " + corpus.size() + " refused");
    }

    private boolean isRefused(byte[] damaged, String which) {
        byte[] input;
        try {
            input = wrap.read(damaged);
        } catch (Exception e) {
            if (!refusal.isInstance(e)) {
                throw new AssertionError(describe(damaged, which), e);
            }
            return true;
        }
        long begin = ThreadCounter.CPU_NANOS.now();
        long before = ThreadCounter.ALLOCATED_BYTES.now();
        T result = null;
        boolean isRefused = false;
        try {
            result = parser.read(input);
        } catch (Exception | Error e) {
            if (!refusal.isInstance(e)) {
                throw new AssertionError(describe(input, which), e);
            }
            isRefused = true;
        }
        long allocated = ThreadCounter.ALLOCATED_BYTES.now() - before;
        double seconds = (ThreadCounter.CPU_NANOS.now() - begin) / 1e9;
        assertTrue(seconds < LONGEST_SECONDS, () -> seconds + " s for " + describe(input, which));
        assertTrue(allocated <= Allocation.allowed(input.length),
                () -> allocated + " bytes for " + describe(input, which));
        if (!isRefused) {
            try {
                check.accept(result);
            } catch (Exception | Error e) {
                throw new AssertionError(describe(input, which), e);
            }
        }
        return isRefused;
    }

    private String describe(byte[] input, String which) {
        return subject + ", " + which + ": " + HexFormat.of().formatHex(input);
    }
}
