package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CancellationException;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.train.Checkpoint;
import org.espalier.nn.train.Trainer;
import org.espalier.nn.train.TrainingResult;
import picocli.CommandLine.Option;

/**
 * What a job leaves when it is cut off: a folder {@code NAME.state} beside its result, with a checkpoint of the
 * training and the model after each finished stage. It is gone when the job is done.
 */
final class RunState {
    private static final String CHECKPOINT = "training.safetensors";

    @Option(names = "--resume", description = "Go on with the run that was cut off, with the result it would have had.")
    private boolean resume;

    private Path folder;

    /** Looks for what an earlier run has left. */
    void open(Path out) throws IOException {
        folder = out.resolveSibling(out.getFileName() + ".state");
        if (resume && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("there is no run to go on with: " + folder + " does not exist; "
                    + "start without --resume");
        }
        if (!resume && Files.isDirectory(folder)) {
            throw new IllegalArgumentException(folder + " holds a run that was cut off: go on with --resume, "
                    + "or delete the folder to start again");
        }
        Files.createDirectories(folder);
    }

    /** Where the stages of a pipeline are kept; each attempt at a limit is another pipeline. */
    Path stages(int attempt) {
        return folder.resolve("pruning-" + attempt);
    }

    /** Trains, and writes a checkpoint after every epoch; goes on from it if there is one. */
    TrainingResult train(Trainer trainer, Layer model, Dataset rows) throws IOException {
        var file = folder.resolve(CHECKPOINT);
        var saving = trainer.model(model).checkpoint(file);
        var result = (Files.exists(file) ? saving.resumeFrom(Checkpoint.read(file)) : saving).fit(rows);
        if (result.ending() == TrainingResult.Ending.INTERRUPTED) {
            throw interrupted();
        }
        return result;
    }

    /** The end of a job that was interrupted, to be thrown. */
    CancellationException interrupted() {
        return new CancellationException("interrupted; the same command with --resume goes on from " + folder);
    }

    /** A job that may be cut off. */
    @FunctionalInterface
    interface Job {
        /** Does it. */
        int run() throws IOException;
    }

    /**
     * Does a job. The folder goes when it is done, or has failed in a way that going on would only repeat; it stays
     * when the job was interrupted or a file could not be written.
     */
    int guard(Job job) throws IOException {
        try {
            int code = job.run();
            delete();
            return code;
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException | IOException e) {
            if (isInterruption(e)) {
                throw interrupted();
            }
            if (e instanceof RuntimeException) {
                delete();
            }
            throw e;
        }
    }

    /** An interrupted thread cannot write: a checkpoint that was being written is the one before. */
    private static boolean isInterruption(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }

    private void delete() throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
