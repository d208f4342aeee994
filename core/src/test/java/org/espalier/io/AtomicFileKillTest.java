package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.espalier.io.SafeTensors.Checksum;
import org.espalier.trials.KilledProgram;
import org.espalier.trials.Promise;
import org.espalier.trials.Trials;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that is saving; {@code -Despalier.kills=1000} does it that often. */
@Tag("trials")
@DisabledIfSystemProperty(named = "espalier.kernels", matches = "vector", disabledReason = "the kernels do not matter")
class AtomicFileKillTest {

    private static final int LONGEST_LIFE_MILLIS = 60;

    @TempDir
    private Path directory;

    @Test
    void aProcessKilledAtAnyMomentLeavesACompleteCheckpointNoOlderThanItSaid() throws Exception {
        Path target = directory.resolve("checkpoint.safetensors");
        var random = new SplittableRandom(11);
        SafeTensors.write(target, CheckpointLoop.checkpoint(0));
        var said = new AtomicLong();
        var program = new KilledProgram(CheckpointLoop.class, LONGEST_LIFE_MILLIS, SafeTensors.class);
        Trials.of(Promise.KILLED_FILE, "safetensors of 200 kB").each(kill -> {
            Process process = program.start(target.toString(), Long.toString(said.get()));
            try {
                runFor(random.nextInt(LONGEST_LIFE_MILLIS), process, target, said);
            } finally {
                process.destroyForcibly();
            }
            assertTrue(process.waitFor(10, TimeUnit.SECONDS));
            long found = step(target);
            assertTrue(found >= said.get(), "step " + found + " after " + said.get() + " was said");
            said.set(found);
            AtomicFile.removeLeftovers(target);
        });
        assertTrue(said.get() >= Promise.KILLED_FILE.count(), "only " + said.get() + " steps");
    }

    /** Reads on while the process writes; its life counts from its first checkpoint. */
    private static void runFor(int millis, Process process, Path target, AtomicLong said) throws Exception {
        BufferedReader lines = process.inputReader();
        String line = lines.readLine();
        assertTrue(line != null, "the process ended by itself");
        said.set(Long.parseLong(line));
        Thread listener = Thread.ofPlatform().start(() -> listen(lines, said));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            step(target);
        }
        process.destroyForcibly();
        listener.join();
    }

    private static void listen(BufferedReader lines, AtomicLong said) {
        try {
            // A last line without its end may be half a number.
            var line = new StringBuilder();
            for (int c = lines.read(); c >= 0; c = lines.read()) {
                if (c == '\n') {
                    said.set(Long.parseLong(line.toString().strip()));
                    line.setLength(0);
                } else {
                    line.append((char) c);
                }
            }
        } catch (IOException e) {
            // The stream of a killed process may end like this.
        }
    }

    /** The step of the checkpoint, all of which must belong to that step. */
    private static long step(Path target) throws IOException {
        TensorFile file = SafeTensors.read(target, Checksum.REQUIRED);
        long step = Long.parseLong(file.metadata("step"));
        assertEquals(CheckpointLoop.checkpoint(step), file);
        return step;
    }
}
