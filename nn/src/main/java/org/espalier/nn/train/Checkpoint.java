package org.espalier.nn.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.SafeTensors;
import org.espalier.io.SaveException;
import org.espalier.nn.StateDict;
import org.espalier.nn.optim.OptimizerState;

/**
 * Everything from which a training run continues as if it had never stopped: weights, masks, moments, position and
 * history. Shuffling, dropout and learning rate need no state of their own, being functions of seed and position. It is
 * one safetensors file, replaced atomically, with a checksum that reading insists on; it holds no times, so equal runs
 * write equal bytes.
 *
 * @param configuration what the bits of the run depend on, in words; a run with another one does not continue
 * @param position where the run was
 * @param model weights and masks
 * @param optimizer steps and moments
 * @param best the state after the best epoch, if it is being kept
 * @param history the epochs completed
 */
public record Checkpoint(
        String configuration,
        Position position,
        StateDict model,
        OptimizerState optimizer,
        Optional<StateDict> best,
        List<EpochRecord> history) {

    /** Copies the history. */
    public Checkpoint {
        history = List.copyOf(history);
    }

    /**
     * Where a run is.
     *
     * @param epoch the epoch under way, from 0
     * @param batch its next batch, from 0
     * @param lossSum the sum of the objective over its rows so far
     * @param rows how many rows those are
     */
    public record Position(int epoch, int batch, double lossSum, long rows) {
        /** At the first batch of an epoch. */
        static Position startOf(int epoch) {
            return new Position(epoch, 0, 0, 0);
        }

        /** After one more batch. */
        Position after(float loss, int batchRows) {
            return new Position(epoch, batch + 1, lossSum + (double) loss * batchRows, rows + batchRows);
        }

        /** The mean of the objective over the epoch so far. */
        double meanLoss() {
            return lossSum / rows;
        }
    }

    /**
     * Reads a file.
     *
     * @throws FormatException if it is damaged or not a checkpoint
     * @throws IOException if it cannot be read
     */
    public static Checkpoint read(Path path) throws IOException {
        return CheckpointFormat.decode(path.toString(), SafeTensors.read(path, SafeTensors.Checksum.REQUIRED));
    }

    /**
     * Reads {@link #toBytes}.
     *
     * @throws FormatException if they are damaged or not a checkpoint
     */
    public static Checkpoint read(byte[] file) throws FormatException {
        return CheckpointFormat.decode("checkpoint", SafeTensors.read(file, SafeTensors.Checksum.REQUIRED));
    }

    /** The bytes of the file: to send it to another machine. */
    public byte[] toBytes() {
        return SafeTensors.toBytes(CheckpointFormat.encode(this));
    }

    /**
     * Writes a file in place of an old one, in one step that survives a crash.
     *
     * @throws SaveException if it cannot be written; it says whether the old file is still there
     */
    public void write(Path path) throws IOException {
        SafeTensors.write(path, CheckpointFormat.encode(this));
    }
}
