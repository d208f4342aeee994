package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
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
    private static final long SEED = Long.getLong("espalier.fuzz.seed", 23);

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 1, unit = TimeUnit.HOURS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDamagedFileIsReadOrRefusedAndTakesLittleMemory(FuzzTarget target) throws IOException {
        List<byte[]> seeds = target.seeds();
        for (byte[] seed : seeds) {
            target.read(seed);
        }
        int refused = 0;
        for (int number = 0; number < CASES; number++) {
            long seed = SEED + number;
            byte[] file = new Mutations(new SplittableRandom(seed)).damage(seeds);
            var end = new boolean[1];
            long allocated = Allocation.of(() -> {
                Object read = read(target, file, seed);
                end[0] = true;
                return read;
            });
            refused += end[0] ? 0 : 1;
            long allowed = target.copies() * Allocation.allowed(file.length);
            assertTrue(allocated <= allowed, () -> allocated + " bytes for " + describe(target, file, seed));
        }
        assertTrue(refused > CASES / 4 && refused < CASES, refused + " of " + CASES + " refused");
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
