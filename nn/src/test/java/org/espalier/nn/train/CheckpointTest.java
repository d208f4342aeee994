package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.io.SafeTensors;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.parallel.Parallelism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final int STEPS = ResumeProgram.BATCHES * ResumeProgram.EPOCHS;

    @TempDir
    private Path directory;

    /** The bytes, and in {@code model} the result, of the run that nobody interrupts. */
    private byte[] uninterrupted(Layer model) throws IOException {
        Path file = directory.resolve("whole.safetensors");
        assertEquals(STEPS, ResumeProgram.fit(ResumeProgram.trainer(model, file)).steps());
        return Files.readAllBytes(file);
    }

    /** Runs until {@code steps} steps are done. */
    private Path cut(int steps) {
        Path file = directory.resolve("cut.safetensors");
        ResumeProgram.fit(ResumeProgram.trainer(ResumeProgram.model(1), file).listen(event -> {
            if (event instanceof TrainingEvent.Stepped step && step.step() == steps - 1) {
                Thread.currentThread().interrupt();
            }
        }));
        assertTrue(Thread.interrupted());
        return file;
    }

    @Test
    void aRunCutAfterAnyStepEndsWithTheSameBytes() throws IOException {
        var whole = ResumeProgram.model(1);
        byte[] expected = uninterrupted(whole);
        try (var threads = Parallelism.of(2)) {
            for (int steps = 1; steps <= STEPS; steps++) {
                Path file = cut(steps);
                if (steps < STEPS) {
                    assertEquals(steps, Checkpoint.read(file).optimizer().steps());
                }
                var model = ResumeProgram.model(2);
                ResumeProgram
                        .fit(ResumeProgram.trainer(model, file).resumeFrom(Checkpoint.read(file)).parallelism(threads));
                assertArrayEquals(expected, Files.readAllBytes(file), "cut after " + steps + " steps");
                assertEquals(StateDict.of(whole), StateDict.of(model));
            }
        }
    }

    @Test
    void aRunContinuesInAnotherProcessWithOtherThreadsAndKernels() throws Exception {
        byte[] expected = uninterrupted(ResumeProgram.model(1));
        Path file = cut(7);
        var process = OwnJvm.of(List.of("-Despalier.kernels=scalar"), ResumeProgram.class, file.toString(), "3")
                .start();
        var output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        assertArrayEquals(expected, Files.readAllBytes(file));
    }

    @Test
    void theBytesAreThoseOfTheFile() throws IOException {
        Path file = cut(8);
        byte[] bytes = Files.readAllBytes(file);
        assertArrayEquals(bytes, Checkpoint.read(file).toBytes());
        assertArrayEquals(bytes, Checkpoint.read(bytes).toBytes());
        bytes[bytes.length - 1] ^= 1;
        assertThrows(FormatException.class, () -> Checkpoint.read(bytes));
    }

    @Test
    void aFileGivesBackWhatWasWritten() throws IOException {
        Path file = cut(8);
        var read = Checkpoint.read(file);
        Path again = directory.resolve("again.safetensors");
        read.write(again);
        assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
        assertEquals(1, read.history().size());
        assertEquals(1, read.position().epoch());
        assertEquals(3, read.position().batch());
        assertEquals(30, read.position().rows());
        assertTrue(read.best().isPresent());
        assertTrue(read.model().mask("fc1.weight").isPresent());
        assertTrue(read.configuration().contains("seed 3"), read.configuration());
    }

    @Test
    void checkpointsAreWrittenEverySoManySteps() {
        Path file = directory.resolve("often.safetensors");
        var trainer = ResumeProgram.trainer(ResumeProgram.model(1), file).checkpoint(file, 2).listen(event -> {
            if (event instanceof TrainingEvent.Differentiated now && now.step() == 4) {
                throw new IllegalStateException("crash");
            }
        });
        assertThrows(IllegalStateException.class, () -> ResumeProgram.fit(trainer));
        assertEquals(4, assertReadable(file).optimizer().steps());
    }

    private static Checkpoint assertReadable(Path file) {
        try {
            return Checkpoint.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRunOfAnotherConfigurationOrModelIsRefusedAndChangesNothing() {
        var checkpoint = assertReadable(cut(4));
        var model = ResumeProgram.model(5);
        var before = StateDict.of(model);
        var trainer = ResumeProgram.trainer(model, directory.resolve("x")).resumeFrom(checkpoint);
        var thrown = assertThrows(IllegalArgumentException.class, () -> ResumeProgram.fit(trainer.seed(4)));
        assertTrue(thrown.getMessage().contains("seed 3") && thrown.getMessage().contains("seed 4"));
        assertEquals(before, StateDict.of(model));
        var other = org.espalier.nn.Linear.of(2, 3);
        var otherTrainer = ResumeProgram.trainer(other, directory.resolve("x")).resumeFrom(checkpoint);
        assertThrows(IllegalArgumentException.class, () -> ResumeProgram.fit(otherTrainer));
    }

    @Test
    void aFinishedRunCanBeMadeLonger() {
        Path file = directory.resolve("long.safetensors");
        ResumeProgram.fit(ResumeProgram.trainer(ResumeProgram.model(1), file).epochs(2));
        var longer = ResumeProgram.trainer(ResumeProgram.model(2), file).resumeFrom(assertReadable(file));
        assertEquals(STEPS, ResumeProgram.fit(longer).steps());
        var whole = directory.resolve("whole.safetensors");
        ResumeProgram.fit(ResumeProgram.trainer(ResumeProgram.model(1), whole));
        assertEquals(assertReadable(whole).model(), assertReadable(file).model());
    }

    @Test
    void aDamagedOrForeignFileIsRefused() throws IOException {
        Path file = cut(2);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Path damaged = Files.write(directory.resolve("damaged"), bytes);
        assertThrows(FormatException.class, () -> Checkpoint.read(damaged));
        Path foreign = directory.resolve("foreign");
        var contents = SafeTensors.read(file);
        SafeTensors.write(
                foreign, org.espalier.io.TensorFile.of(contents.tensors(), java.util.Map.of("format", "other")));
        assertThrows(FormatException.class, () -> Checkpoint.read(foreign));
    }

    @Test
    void aDirectoryThatIsNotThereEndsTraining() {
        var trainer = ResumeProgram.trainer(ResumeProgram.model(1), directory.resolve("missing/file"));
        assertThrows(UncheckedIOException.class, () -> ResumeProgram.fit(trainer));
    }
}
