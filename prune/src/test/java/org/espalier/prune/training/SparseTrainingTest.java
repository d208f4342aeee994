package org.espalier.prune.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.nn.Layer;
import org.espalier.nn.StateDict;
import org.espalier.nn.train.Checkpoint;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.parallel.Parallelism;
import org.espalier.prune.sparsity.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all methods have in common. */
class SparseTrainingTest {
    /** Every method with numbers that make something happen in 8 epochs of 4 steps. */
    static List<SparseTraining> busy() {
        return List.of(
                GradualPruning.sparsity(0.8),
                SparseTraining.parse("gradual, sparsity 0.8, schedule cyclic 2 linear 3, end 1"),
                DenseSparseDense.epochs(2, 3),
                SparseEvolution.sparsity(0.7),
                RigL.sparsity(0.7).every(3),
                AcDc.sparsity(0.8, 2),
                new NetworkSurgery(0.5, 0.1, 1, 0.75),
                MaskedTraining.sparsity(0.8),
                MovementPruning.sparsity(0.8),
                SparseTraining.parse("greg, sparsity 0.8, delta 0.1, every 4"),
                SparseTraining.parse("greg-2, sparsity 0.8, separate 0.1, delta 0.1, every 4"));
    }

    /** By the names that recipes have for them; what a factory does not take is the default of the recipe. */
    @Test
    void theAxisHasThemAll() {
        var found = new LinkedHashMap<String, SparseTraining>();
        found.put("gradual, sparsity 0.7", SparseTraining.gradual(0.7));
        found.put("dsd, dense 2, sparse 3", SparseTraining.denseSparseDense(2, 3));
        found.put("set, sparsity 0.7", SparseTraining.sparseEvolution(0.7));
        found.put("rigl, sparsity 0.7", SparseTraining.rigl(0.7));
        found.put("dns, c 0.5", SparseTraining.networkSurgery(0.5));
        found.put("straight-through, sparsity 0.7", SparseTraining.straightThrough(0.7));
        found.put("movement, sparsity 0.7", SparseTraining.movement(0.7));
        found.put("greg, sparsity 0.7", SparseTraining.growingRegularization(0.7));
        found.put("greg-2, sparsity 0.7", SparseTraining.separatingRegularization(0.7));
        found.put(new AcDc(0.7, Allocation.global(), 4, 4, 4, 4).text(), SparseTraining.acdc(0.7, 4));

        found.forEach((name, training) -> assertEquals(SparseTraining.parse(name), training, name));
        assertEquals(classes(SparseTraining.all()), classes(found.values()));
    }

    private static Set<Class<?>> classes(Collection<SparseTraining> methods) {
        return methods.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    @Test
    void everyMethodReadsBackFromItsText() {
        for (var method : SparseTraining.all()) {
            assertEquals(method, SparseTraining.parse(method.text()));
        }
        for (var method : busy()) {
            assertEquals(method, SparseTraining.parse(method.text()));
        }
    }

    @Test
    void whatIsNotSaidHasItsUsualValue() {
        assertEquals(RigL.sparsity(0.5), SparseTraining.parse("rigl, sparsity 0.5"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "rig", "rigl, sparsity", "rigl, sparsity x", "rigl, every 1.5", "rigl, until 2", "rigl, colour 3",
        "rigl, drop 0.1, drop 0.2", "set, allocation none", "dsd, sparse 0"
    })
    void anythingElseIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> SparseTraining.parse(text));
    }

    @Test
    void theTableInTheReadmeIsTheCodes() throws Exception {
        var readme = Files.readString(Path.of(System.getProperty("basedir", ""), "README.md"));

        assertTrue(readme.contains(MethodsTable.markdown(SparseTraining.all())),
                "prune/README.md must have this table:\n" + MethodsTable.markdown(SparseTraining.all()));
    }

    @ParameterizedTest
    @MethodSource("busy")
    void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads(SparseTraining method) {
        assertEquals(trained(method, 1, 5), trained(method, 3, 5));
    }

    private static StateDict trained(SparseTraining method, int threads, long seed) {
        var model = Runs.model(1);
        try (var pool = Parallelism.of(threads)) {
            method.train(model, TrainingSetup.of(Runs.trainer().parallelism(pool), Runs.samples(64, 1)).seed(seed));
        }
        return StateDict.of(model);
    }

    @Test
    void theSeedDecidesWhatIsRandom() {
        var method = SparseEvolution.sparsity(0.7);

        assertNotEquals(trained(method, 1, 5), trained(method, 1, 6));
    }

    @ParameterizedTest
    @MethodSource("busy")
    void aRunThatWasCutOffEndsWithTheSameBits(SparseTraining method, @TempDir Path directory) throws Exception {
        var expected = trained(method, 1, 5);
        for (int cut : new int[] {1, 12, 21}) {
            var file = directory.resolve("cut" + cut);
            method.train(Runs.model(1), TrainingSetup.of(Runs.trainer().checkpoint(file).listen(event -> {
                if (event instanceof TrainingEvent.Stepped stepped && stepped.step() + 1 == cut) {
                    Thread.currentThread().interrupt();
                }
            }), Runs.samples(64, 1)).seed(5));
            assertTrue(Thread.interrupted());
            var model = Runs.model(1);
            method.train(
                    model,
                    TrainingSetup.of(Runs.trainer().resumeFrom(Checkpoint.read(file)), Runs.samples(64, 1)).seed(5));
            assertEquals(expected, StateDict.of(model), method.text() + " cut off after step " + cut);
        }
    }

    @ParameterizedTest
    @MethodSource("busy")
    void anExceptionAtAnyStepLeavesTheModelAsItWas(SparseTraining method) {
        var model = Runs.model(1);
        var before = StateDict.of(model);
        for (int at = 0; at < 32; at += 3) {
            int step = at;
            var failing = TrainingSetup.of(Runs.trainer().listen(event -> {
                if (event instanceof TrainingEvent.Stepped stepped && stepped.step() == step) {
                    throw new ArithmeticException("here");
                }
            }), Runs.samples(64, 1));
            assertThrows(ArithmeticException.class, () -> method.train(model, failing));
            assertEquals(before, StateDict.of(model));
        }
    }

    @ParameterizedTest
    @MethodSource("busy")
    void aModelWithoutLinearLayersIsRefused(SparseTraining method) {
        Layer model = org.espalier.nn.Sequential.of(org.espalier.nn.Activation.relu());

        assertThrows(IllegalArgumentException.class, () -> method.train(model, Runs.training()));
    }
}
