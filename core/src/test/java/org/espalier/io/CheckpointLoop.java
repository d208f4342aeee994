package org.espalier.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.espalier.tensor.Shape;

/** A process that saves one checkpoint after the other until it is killed, and says so after each. */
final class CheckpointLoop {

    private static final int VALUES = 50_000;

    private CheckpointLoop() {}

    /** Arguments: the file, and the step after which to go on. */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        for (long step = Long.parseLong(args[1]) + 1;; step++) {
            SafeTensors.write(target, checkpoint(step));
            System.out.println(step);
        }
    }

    /** A checkpoint in which every value depends on the step. */
    static TensorFile checkpoint(long step) {
        var values = new float[VALUES];
        for (int i = 0; i < VALUES; i++) {
            values[i] = step * 31 + i;
        }
        return TensorFile.of(
                Map.of(
                        "step", RawTensor.ofLongs(DType.I64, Shape.of(), step),
                        "w", RawTensor.ofFloats(DType.F32, Shape.of(VALUES), values)),
                Map.of("step", Long.toString(step)));
    }
}
