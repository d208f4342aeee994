package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.espalier.io.AtomicFile;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.model.ModelFile;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Resource;
import org.espalier.tensor.Tensor;
import org.espalier.trials.KilledProgram;
import org.espalier.trials.Promise;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a search that keeps its runs in a directory; {@code -Despalier.search.kills=1000}. */
@Tag("trials")
class SearchKillTest {
    private static final int LONGEST_LIFE_MILLIS = 4000;

    @TempDir
    private Path directory;

    /** Begins the search, or goes on with it; the arguments are the directory and the file for what it chose. */
    static final class Program {
        private Program() {}

        static void main(String[] args) throws IOException {
            System.out.println("begun");
            AtomicFile.write(Path.of(args[1]), result(Path.of(args[0])));
        }
    }

    /** The model that was chosen and the report, as bytes. */
    private static byte[] result(Path runs) throws IOException {
        var train = SearchProblems.classes(90, 1);
        var model = SearchProblems.network(3, 1, 3);
        var found = AutoPrune.of(model, Loss.crossEntropy(), train, SearchProblems.classes(60, 2))
                .test(SearchProblems.classes(90, 3))
                .candidates(
                        Candidate.of("steps", Unstructured.global(Criterion.magnitude())),
                        Candidate.training("gradual", sparsity -> Candidate.gradual(sparsity, Allocation.lamp())))
                .sparsities(0.5, 0.8)
                .epochs(3)
                .seeds(3)
                .notWorseThan(0.2)
                .smallest(Resource.WEIGHTS)
                .threads(2)
                .resumeFrom(runs)
                .run();
        return found.file().with("report", found.report().toJson().compact()).toBytes();
    }

    @Test
    void aSearchKilledAtAnyMomentChoosesTheSame() throws Exception {
        byte[] expected = result(directory.resolve("whole"));
        var random = new SplittableRandom(7);
        var program = new KilledProgram(Program.class, LONGEST_LIFE_MILLIS,
                AutoPrune.class, ModelFile.class, Tensor.class, CommonOps_DDRM.class, DMatrixRMaj.class);

        program.kill(Promise.KILLED_SEARCH, "two candidates at two sparsities", random, run -> {
            Path runs = directory.resolve("runs" + run);
            Path result = directory.resolve("result" + run);
            return new KilledProgram.Run(
                    () -> {},
                    () -> assertArrayEquals(expected, Files.readAllBytes(result), "another choice in run " + run),
                    runs.toString(), result.toString());
        });
    }
}
