package org.espalier.prune.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.io.FormatException;
import org.espalier.nn.StateDict;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Comparison.Verdict;
import org.espalier.nn.metrics.Metric;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.deploy.LatencyTable;
import org.espalier.prune.deploy.LayerLatency;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AutoPruneTest {
    private static final Dataset TRAIN = SearchProblems.classes(150, 1);
    private static final Dataset VALIDATION = SearchProblems.classes(90, 2);
    private static final Dataset TEST = SearchProblems.classes(300, 3);

    private static final Candidate STEPS = Candidate.of("steps", Unstructured.global(Criterion.magnitude()));
    private static final Candidate GRADUAL =
            Candidate.training("gradual", sparsity -> Candidate.gradual(sparsity, Allocation.lamp()));

    static AutoPrune search() {
        var model = SearchProblems.trained(3, 1, Loss.crossEntropy(), TRAIN);
        return AutoPrune.of(model, Loss.crossEntropy(), TRAIN, VALIDATION)
                .test(TEST)
                .candidates(STEPS, GRADUAL)
                .sparsities(0.5, 0.8)
                .epochs(9)
                .seeds(3)
                .notWorseThan(0.05)
                .threads(2);
    }

    @Test
    void whatPassesIsSmallerAndTheReportSaysWhatWasTried() throws Exception {
        var result = search().smallest(Resource.WEIGHTS).run();
        var report = result.report();

        assertEquals(8 * 16 + 16 * 3, report.dense());
        var passed = report.passed().orElseThrow(() -> new AssertionError(report.toTable()));
        assertEquals(Verdict.NOT_INFERIOR, passed.result().verdict());
        assertTrue(passed.size() < report.dense() / 2, report.toTable());
        assertTrue(report.tried().stream().anyMatch(one -> one.epochs() == 1 && one.runs().size() == 1));
        assertTrue(report.tried().stream().anyMatch(one -> one.epochs() == 9 && one.runs().size() == 3));
        assertTrue(report.frontier().stream().allMatch(one -> one.epochs() == 9));
        assertTrue(report.toTable().contains("not worse than the tolerance of 0.05"), report.toTable());
        double accuracy = Metric.accuracy().of(result.file().model(), TEST);
        assertTrue(passed.result().pruned().contains(accuracy), accuracy + " is of none of " + passed);
        assertTrue(ModelCost.of(result.file().model()).total().keptWeights() < report.dense() / 2);
    }

    @Test
    void seedsOfTheTestAreNotThoseOfTheSearch() throws Exception {
        var seeds = new HashSet<Long>();
        var report = search().smallest(Resource.WEIGHTS).listen(run -> seeds.add(run.seed())).run().report();
        var searched = new HashSet<Long>();
        report.tried().forEach(one -> one.runs().forEach(run -> searched.add(run.seed())));

        assertEquals(3, searched.size());
        assertEquals(6, seeds.size());
    }

    @Test
    void theSameForAnyNumberOfThreads() throws Exception {
        var one = search().threads(1).run();
        var three = search().threads(3).run();

        assertEquals(one.report(), three.report());
        assertEquals(StateDict.of(one.file().model()), StateDict.of(three.file().model()));
    }

    @Test
    void runsOnOtherMachinesGiveTheSame(@TempDir Path directory) throws Exception {
        var here = search().run();
        var sent = new ArrayList<SearchJob>();
        SearchPlace elsewhere = jobs -> {
            sent.addAll(jobs);
            try (var worker = search().worker()) {
                return jobs.reversed().stream().map(worker::run).toList().reversed();
            }
        };
        var there = search().runsOn(elsewhere).resumeFrom(directory).run();

        assertEquals(here.report(), there.report());
        assertEquals(StateDict.of(here.file().model()), StateDict.of(there.file().model()));
        assertEquals(new HashSet<>(sent).size(), sent.size());
        sent.clear();
        assertEquals(here.report(), search().runsOn(elsewhere).resumeFrom(directory).run().report());
        assertEquals(List.of(), sent, "all runs are in the directory");
    }

    @Test
    void aJobThatFailsElsewhereIsReportedAndTriedAgainNextTime(@TempDir Path directory) throws Exception {
        SearchPlace poisoned = jobs -> {
            try (var worker = search().worker()) {
                return jobs.stream()
                        .map(job -> job.candidate().equals("steps")
                                ? SearchRun.failed(job, "the machine is gone")
                                : worker.run(job))
                        .toList();
            }
        };
        var report = search().runsOn(poisoned).resumeFrom(directory).run().report();

        assertTrue(report.toTable().contains("steps left out: the machine is gone"), report.toTable());
        assertEquals("gradual", report.best().candidate());
        assertEquals(search().run().report(), search().resumeFrom(directory).run().report());
    }

    @Test
    void aSearchThatWasCutOffGoesOn(@TempDir Path directory) throws Exception {
        var trainings = new AtomicInteger();
        var standard = TrainingPlan.standard(TRAIN);
        TrainingPlan counted = (model, objective, epochs) -> {
            trainings.incrementAndGet();
            return standard.trainer(model, objective, epochs);
        };
        var search = search().training(counted).resumeFrom(directory);
        var whole = search.run();
        int all = trainings.getAndSet(0);
        try (var files = Files.list(directory)) {
            int kept = 0;
            for (var file : files.sorted().toList()) {
                if (file.toString().endsWith(".json") && kept++ % 2 == 0) {
                    Files.delete(file);
                }
            }
        }
        var again = search.run();

        assertEquals(whole.report(), again.report());
        assertEquals(StateDict.of(whole.file().model()), StateDict.of(again.file().model()));
        assertTrue(trainings.get() > 0 && trainings.get() < all, trainings + " of " + all);
        trainings.set(0);
        search.run();
        assertEquals(0, trainings.get());
    }

    @Test
    void aDirectoryOfAnotherSearchIsRefused(@TempDir Path directory) throws Exception {
        search().epochs(1).resumeFrom(directory).run();

        var error = assertThrows(UncheckedIOException.class, () -> search().epochs(2).resumeFrom(directory).run());
        assertInstanceOf(FormatException.class, error.getCause());
        assertTrue(error.getMessage().contains(directory.toString()), error.getMessage());
        assertTrue(error.getMessage().contains("use another directory"), error.getMessage());
    }

    @Test
    void ifNothingPassesTheBestIsGivenAndItIsSaid() throws Exception {
        var result = search()
                .candidates(STEPS)
                .sparsities(0.99)
                .epochs(1)
                .notWorseThan(0)
                .run();

        assertTrue(result.report().passed().isEmpty());
        assertEquals(Verdict.INFERIOR, result.report().best().result().verdict());
        assertTrue(result.report().verdict().startsWith("nothing passed the test"), result.report().verdict());
        assertEquals("steps", result.report().best().candidate());
    }

    @Test
    void regressionIsJudgedByRSquared() throws Exception {
        var train = SearchProblems.values(200, 1);
        var model = SearchProblems.trained(1, 1, Loss.meanSquaredError(), train);
        var report = AutoPrune.of(model, Loss.meanSquaredError(), train, SearchProblems.values(400, 2))
                .candidates(STEPS)
                .sparsities(0.5, 0.7)
                .epochs(27)
                .seeds(3)
                .notWorseThan(0.1)
                .smallest(Resource.FLOPS)
                .run()
                .report();

        assertEquals(Metric.rSquared().name(), report.metric());
        assertTrue(report.passed().isPresent(), report.toTable());
        assertEquals(200, report.best().result().samples());
    }

    @Test
    void labelsAndFiveLayers() throws Exception {
        var train = SearchProblems.labels(200, 1);
        var loss = Loss.binaryCrossEntropy();
        var model = SearchProblems.trained(2, 4, loss, train);
        var report = AutoPrune.of(model, loss, train, SearchProblems.labels(100, 2))
                .test(SearchProblems.labels(300, 3))
                .candidates(STEPS, GRADUAL)
                .sparsities(0.5)
                .epochs(9)
                .seeds(2)
                .notWorseThan(0.05)
                .run()
                .report();

        assertEquals(Metric.labelAccuracy().name(), report.metric());
        assertTrue(report.passed().isPresent(), report.toTable());
        assertTrue(report.best().size() < report.dense());
    }

    @Test
    void anArchitectureHasADenseModelForEachSeed() throws Exception {
        var dense = new HashSet<Double>();
        var report = AutoPrune.ofNetwork(
                seed -> SearchProblems.network(3, 1, seed), 3, Loss.crossEntropy(), TRAIN, VALIDATION)
                .test(TEST)
                .candidates(STEPS.packed("gaps int8").named("steps-int8"))
                .sparsities(0.5)
                .epochs(3)
                .seeds(3)
                .notWorseThan(0.1)
                .listen(run -> dense.add(run.dense()))
                .run()
                .report();

        assertEquals(3, report.best().result().dense().size());
        assertTrue(dense.size() > 1, "all dense models are equally good: " + dense);
    }

    @Test
    void theWholePortfolioFitsASmallTable() throws Exception {
        var problems = new ArrayList<String>();
        for (var resource : List.of(Resource.BYTES, Resource.FLOPS)) {
            var report = search()
                    .candidates(Candidate.portfolio(Loss.crossEntropy().task(), resource).toArray(Candidate[]::new))
                    .sparsities(0.6)
                    .epochs(3)
                    .seeds(2)
                    .smallest(resource)
                    .run()
                    .report();
            report.tried().forEach(one -> one.runs().forEach(run -> run.problem().ifPresent(problems::add)));
            assertFalse(report.frontier().isEmpty());
        }
        assertEquals(List.of(), problems);
    }

    @Test
    void timesAreThoseOfTheTable() throws Exception {
        // 1 µs for 8 × 16 and 0.5 µs for 16 × 3 weights, a tenth of that for a tenth of them.
        var costs = new LatencyTable("none", 1, List.of(
                new LayerLatency("fc1", List.of(16), List.of(8), List.of(List.of(1.0)), List.of(13, 128),
                        List.of(0.1, 1.0)),
                new LayerLatency("fc2", List.of(3), List.of(16), List.of(List.of(0.5)), List.of(5, 48),
                        List.of(0.05, 0.5))));
        var report = search().smallest(Resource.MICROSECONDS).costs(costs).run().report();

        assertEquals(1.5, report.dense(), 1e-9);
        var half = report.tried().stream()
                .filter(one -> one.candidate().equals("steps") && one.sparsity() == 0.5)
                .findFirst()
                .orElseThrow();
        assertTrue(half.size() > 0.5 && half.size() < 1, "half of the weights take " + half.size());
    }

    @Test
    void aLimitThatIsOverAtOnceIsAnError() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> search().limit(Duration.ofNanos(1)).run());
        assertTrue(error.getMessage().startsWith("auto: "), error.getMessage());
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        var search = search();
        assertThrows(IllegalArgumentException.class, () -> search.notWorseThan(-0.1));
        assertThrows(IllegalArgumentException.class, () -> search.notWorseThan(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> search.confidence(0.5));
        assertThrows(IllegalArgumentException.class, () -> search.sparsities(1));
        assertThrows(IllegalArgumentException.class, search::sparsities);
        assertThrows(IllegalArgumentException.class, () -> search.candidates(STEPS, STEPS));
        assertThrows(IllegalArgumentException.class, () -> search.epochs(0));
        assertThrows(IllegalArgumentException.class, () -> search.seeds(0));
        assertThrows(IllegalArgumentException.class, () -> search.threads(0));
        var model = SearchProblems.network(3, 1, 1);
        var empty = AutoPrune.of(model, Loss.crossEntropy(), TRAIN, VALIDATION).test(TEST.subset());
        assertThrows(IllegalArgumentException.class, empty::run);
    }
}
