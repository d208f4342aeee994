package org.espalier.prune.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.espalier.io.AtomicFile;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.Problems;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Fpgm;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.criterion.Taylor;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.tensor.Tensor;
import org.espalier.trials.KilledProgram;
import org.espalier.trials.Promise;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a pipeline that keeps its stages in a directory; {@code -Despalier.pipeline.kills=1000}. */
@Tag("trials")
class PipelineKillTest {
    private static final int LONGEST_LIFE_MILLIS = 1500;

    @TempDir
    private Path directory;

    /** Begins the run, or goes on with it; the arguments are the directory and the file for what comes of it. */
    static final class Program {
        private Program() {}

        static void main(String[] args) throws IOException {
            System.out.println("begun");
            AtomicFile.write(Path.of(args[1]), result(Path.of(args[0])));
        }
    }

    /** The model and the report, as bytes. */
    private static byte[] result(Path states) throws IOException {
        var model = Problems.network(7);
        var report = Pipeline.of(model)
                .stage("neurons", Structured.neurons(new Fpgm()).sparsity(0.4).layers("fc1"))
                .stage("weights", Unstructured.global(Taylor.GROUP).sparsity(0.6)
                        .schedule(SparsitySchedule.cubic(3)))
                .stage("repair", Reconstructor.of(new SparseGpt(), 0.9).layers("fc1"))
                .stage("local", Unstructured.perLayer(Magnitude.L1).sparsity(0.7))
                .stage(Stage.int8("int8").epochs(1))
                .retrain(2, Problems.retraining())
                .evaluate(Problems.loss())
                .calibrate(Problems.calibration())
                .seed(7)
                .resumeFrom(states)
                .run();
        return ModelFile.of(model).with("report", report.toJson().compact()).toBytes();
    }

    @Test
    void aPipelineKilledAtAnyMomentEndsWithTheSameModelAndReport() throws Exception {
        byte[] expected = result(directory.resolve("whole"));
        var random = new SplittableRandom(6);
        var program = new KilledProgram(Program.class, LONGEST_LIFE_MILLIS,
                Pipeline.class, ModelFile.class, Tensor.class, CommonOps_DDRM.class, DMatrixRMaj.class);

        program.kill(Promise.KILLED_PIPELINE, "five stages", random, run -> {
            Path states = directory.resolve("states" + run);
            Path result = directory.resolve("result" + run);
            return new KilledProgram.Run(
                    () -> allReadable(states),
                    () -> assertArrayEquals(expected, Files.readAllBytes(result), () -> "model or report differ: "
                            + new String(expected, StandardCharsets.ISO_8859_1)),
                    states.toString(), result.toString());
        });
    }

    private static void allReadable(Path states) throws IOException {
        if (Files.exists(states)) {
            try (var files = Files.newDirectoryStream(states, "stage-*.safetensors")) {
                for (Path file : files) {
                    ModelFile.read(file);
                }
            }
        }
    }
}
