package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Throws damaged files at every reader; {@code -Despalier.fuzz=1000000} throws that many at each. */
@DisabledIfSystemProperty(named = "espalier.kernels", matches = "vector", disabledReason = "the kernels do not matter")
class ParserFuzzTest {

    private static final int CASES = Integer.getInteger("espalier.fuzz", 3_000);
    /** No file of a few thousand bytes may keep a reader busy: thousands of times what one takes. */
    private static final double LONGEST_SECONDS = 10;

    private static final long SEED = Long.getLong("espalier.fuzz.seed", 23);

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedFileIsReadOrRefusedAndTakesLittleMemoryAndTime(FuzzTarget target) throws IOException {
        var files = new ArrayList<byte[]>();
        // The good files count as much as the many of the corpus.
        for (byte[] seed : target.seeds()) {
            target.read(seed);
            files.addAll(Collections.nCopies(20, seed));
        }
        files.addAll(target.corpus());
        int refused = 0;
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            byte[] file = new Mutations(new SplittableRandom(seed)).damage(files);
            refused += isRefused(target, file, seed) ? 1 : 0;
        }
        assertTrue(refused > CASES / 4 && refused < CASES, refused + " of " + CASES + " refused");
    }

    @ParameterizedTest
    @EnumSource
    void everyFileOfTheCorpusIsReadOrRefusedAndTakesLittleMemoryAndTime(FuzzTarget target) throws IOException {
        int refused = 0;
        for (byte[] file : target.corpus()) {
            refused += isRefused(target, file, 0) ? 1 : 0;
        }
        assertTrue(refused > 0 && refused < target.corpus().size());
    }

    private static boolean isRefused(FuzzTarget target, byte[] file, long seed) {
        var read = new boolean[1];
        long begin = System.nanoTime();
        long allocated = Allocation.of(() -> {
            Object result = read(target, file, seed);
            read[0] = true;
            return result;
        });
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertTrue(seconds < LONGEST_SECONDS, () -> seconds + " s for " + describe(target, file, seed));
        long allowed = target.copies() * Allocation.allowed(file.length);
        assertTrue(allocated <= allowed, () -> allocated + " bytes for " + describe(target, file, seed));
        return !read[0];
    }

    private static Object read(FuzzTarget target, byte[] file, long seed) throws IOException {
        try {
            return target.read(file);
        } catch (FormatException e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            throw new AssertionError(describe(target, file, seed), e);
        }
    }

    private static String describe(FuzzTarget target, byte[] file, long seed) {
        return target + " with -Despalier.fuzz.seed=" + seed + ": " + HexFormat.of().formatHex(file);
    }
}
