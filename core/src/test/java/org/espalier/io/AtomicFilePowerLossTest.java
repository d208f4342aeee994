package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.espalier.io.SafeTensors.Checksum;
import org.espalier.tensor.Shape;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AtomicFilePowerLossTest {

    private static final Path TARGET = Path.of("model.safetensors").toAbsolutePath();
    private static final TensorFile OLD = step(1);
    private static final TensorFile NEW = step(2);
    private static final int ENOUGH_TO_CATCH = 300;
    private static final int ALL_CALLS = 1_000;

    /** One way of replacing the target; true if it came to its end before the power failed. */
    private interface Saver {
        void save(PowerLossDisk disk) throws IOException;
    }

    private static TensorFile step(long number) {
        return TensorFile.of(Map.of("step", RawTensor.ofLongs(DType.I64, Shape.of(), number)), Map.of());
    }

    private static void save(FileCalls disk) throws IOException {
        byte[] bytes = SafeTensors.toBytes(NEW);
        AtomicFile.write(TARGET, out -> out.write(ByteBuffer.wrap(bytes)), disk);
    }

    /** How many of the seeds end in a state that breaks the promise: neither old nor new, or old after the end. */
    private static int brokenPromises(int seeds, Saver saver) throws IOException {
        int broken = 0;
        int calls = callsOf(saver);
        for (int seed = 0; seed < seeds; seed++) {
            var random = new SplittableRandom(seed);
            var disk = new PowerLossDisk(TARGET, SafeTensors.toBytes(OLD), seed % (calls + 1));
            boolean finished = true;
            try {
                saver.save(disk);
            } catch (PowerLossDisk.PowerLoss e) {
                finished = false;
            }
            byte[] found = disk.afterFailure(TARGET, random);
            broken += isAllowed(found, finished) ? 0 : 1;
        }
        return broken;
    }

    private static int callsOf(Saver saver) throws IOException {
        for (int calls = 1; calls < ALL_CALLS; calls++) {
            try {
                saver.save(new PowerLossDisk(TARGET, SafeTensors.toBytes(OLD), calls));
                return calls;
            } catch (PowerLossDisk.PowerLoss e) {
                // Not enough yet.
            }
        }
        throw new AssertionError("the saver does not end");
    }

    private static boolean isAllowed(byte[] found, boolean finished) {
        if (found == null) {
            return false;
        }
        try {
            TensorFile file = SafeTensors.read(found, Checksum.REQUIRED);
            return file.equals(NEW) || !finished && file.equals(OLD);
        } catch (FormatException e) {
            return false;
        }
    }

    @Test
    @Tag("trials")
    void aPowerFailureAtAnyMomentLeavesTheOldOrTheNewFileAndAfterTheEndTheNew() throws Exception {
        int seeds = (int) Promise.POWER_LOSS.count();
        Trials.of(Promise.POWER_LOSS, "seeds").run(trials -> {
            assertEquals(0, brokenPromises(seeds, AtomicFilePowerLossTest::save));
            trials.add(seeds);
        });
    }

    @Test
    void theModelCatchesASaverThatDoesNotForceTheFile() throws IOException {
        assertNotEquals(0, brokenPromises(ENOUGH_TO_CATCH, disk -> save(new Careless(disk) {
            @Override
            public Handle create(Path path, Path like) throws IOException {
                Handle handle = super.create(path, like);
                return new Handle() {
                    @Override
                    public void write(ByteBuffer bytes) throws IOException {
                        handle.write(bytes);
                    }

                    @Override
                    public void force() {
                        // Left out on purpose.
                    }

                    @Override
                    public void close() throws IOException {
                        handle.close();
                    }
                };
            }
        })));
    }

    @Test
    void theModelCatchesASaverThatDoesNotForceTheDirectory() throws IOException {
        assertNotEquals(0, brokenPromises(ENOUGH_TO_CATCH, disk -> save(new Careless(disk) {
            @Override
            public void forceDirectory(Path directory) {
                // Left out on purpose.
            }
        })));
    }

    @Test
    void theModelCatchesASaverThatDeletesTheOldFileFirst() throws IOException {
        assertNotEquals(0, brokenPromises(ENOUGH_TO_CATCH, disk -> {
            disk.deleteIfExists(TARGET);
            save(disk);
        }));
    }

    @Test
    void theModelKeepsWhatWasForced() throws IOException {
        var disk = new PowerLossDisk(TARGET, SafeTensors.toBytes(OLD), ALL_CALLS);
        save(disk);
        for (int seed = 0; seed < 100; seed++) {
            assertArrayEquals(SafeTensors.toBytes(NEW), disk.afterFailure(TARGET, new SplittableRandom(seed)));
        }
        var untouched = new PowerLossDisk(TARGET, SafeTensors.toBytes(OLD), 0);
        byte[] found = untouched.afterFailure(TARGET, new SplittableRandom(1));
        assertEquals(-1, Arrays.mismatch(SafeTensors.toBytes(OLD), found));
    }

    /** Passes every call on, until a subclass leaves one out. */
    private static class Careless implements FileCalls {
        private final FileCalls disk;

        Careless(FileCalls disk) {
            this.disk = disk;
        }

        @Override
        public Handle create(Path path, Path like) throws IOException {
            return disk.create(path, like);
        }

        @Override
        public void replace(Path from, Path to) throws IOException {
            disk.replace(from, to);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            disk.forceDirectory(directory);
        }

        @Override
        public void deleteIfExists(Path path) throws IOException {
            disk.deleteIfExists(path);
        }
    }
}
