package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.espalier.io.AtomicFile;
import org.espalier.tensor.Tensor;
import org.espalier.trials.KilledProgram;
import org.espalier.trials.Promise;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a training that writes a checkpoint after every step; {@code -Despalier.training.kills=1000}. */
@Tag("trials")
class TrainingKillTest {
    private static final int LONGEST_LIFE_MILLIS = 700;

    @TempDir
    private Path directory;

    /** Begins the run, or goes on with it; the argument is the file. */
    static final class Program {
        private Program() {}

        static void main(String[] args) throws IOException {
            var file = Path.of(args[0]);
            System.out.println("begun");
            var trainer = ResumeProgram.trainer(ResumeProgram.model(1), file).checkpoint(file, 1);
            ResumeProgram.fit(Files.exists(file) ? trainer.resumeFrom(Checkpoint.read(file)) : trainer);
        }
    }

    @Test
    void aTrainingKilledAtAnyMomentGoesOnToTheSameBytes() throws Exception {
        Path whole = directory.resolve("whole.safetensors");
        ResumeProgram.fit(ResumeProgram.trainer(ResumeProgram.model(1), whole).checkpoint(whole, 1));
        var random = new SplittableRandom(5);
        var program = new KilledProgram(Program.class, LONGEST_LIFE_MILLIS, Checkpoint.class, Tensor.class);

        program.kill(Promise.KILLED_TRAINING, "a checkpoint after every step", random, run -> {
            Path file = directory.resolve("run" + run + ".safetensors");
            var steps = new long[1];
            return new KilledProgram.Run(
                    () -> steps[0] = atLeast(steps[0], file),
                    () -> {
                        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(file), "run " + run);
                        AtomicFile.removeLeftovers(file);
                    },
                    file.toString());
        });
    }

    /** The steps in the file, if there is one; a step that was saved is never lost. */
    private static long atLeast(long steps, Path file) throws IOException {
        if (steps == 0 && !Files.exists(file)) {
            return 0;
        }
        long found = Checkpoint.read(file).optimizer().steps();
        assertTrue(found >= steps, found + " steps, after " + steps + " were saved");
        return found;
    }
}
