package org.espalier.prune.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.espalier.nn.metrics.Comparison.Verdict;
import org.espalier.nn.model.ModelFile;

/** One search; {@link AutoPrune} says how it goes. */
final class Search {
    private static final int FACTOR = 3;
    private static final int ROUNDS = 3;
    private static final int LEAST = 4;
    private static final int REFINEMENTS = 2;
    private static final double SLIGHTLY_SAFER = 1.25;
    private static final double SAFER = 4;

    /** What a search may take of the time allowed; the rest is for the test. */
    private static final double SEARCHING = 2.0 / 3;

    /** Seeds of the test are this far from those of the search. */
    private static final long FRESH = 1_000_000;

    private final SearchSettings settings;
    private final Runs runs;
    private final List<Tried> tried = new ArrayList<>();

    /**
     * A candidate at a sparsity.
     *
     * @param candidate the candidate
     * @param sparsity how much it removes
     */
    private record Point(Candidate candidate, double sparsity) {}

    Search(SearchSettings settings, Runs runs) {
        this.settings = settings;
        this.runs = runs;
    }

    AutoPrune.Result run() throws IOException {
        var points = new ArrayList<Point>();
        for (var candidate : settings.candidates) {
            settings.sparsities.forEach(sparsity -> points.add(new Point(candidate, sparsity)));
        }
        halve(points);
        refine();
        return test(fallBacks());
    }

    /** Rounds with ever fewer points, more epochs and more seeds. */
    private void halve(List<Point> all) throws IOException {
        var points = all;
        for (int round = 0; round < ROUNDS; round++) {
            int epochs = settings.epochs;
            for (int i = round + 1; i < ROUNDS; i++) {
                epochs = Math.max(1, epochs / FACTOR);
            }
            var now = attempt(points, epochs, round + 1);
            if (round < ROUNDS - 1 && !now.isEmpty()) {
                points = promising(now, Math.max(LEAST, Math.ceilDiv(now.size(), FACTOR)));
            }
        }
    }

    /** Runs each point with this many seeds; returns those of which all runs were done and worked. */
    private List<Tried> attempt(List<Point> points, int epochs, int seeds) throws IOException {
        var jobs = new ArrayList<SearchJob>();
        for (var point : points) {
            for (int i = 0; i < seeds; i++) {
                jobs.add(new SearchJob(point.candidate.name(), point.sparsity, epochs, settings.seed + i));
            }
        }
        var outcomes = runs.all(jobs, SEARCHING).stream().map(Run::outcome).toList();
        var done = new ArrayList<Tried>();
        for (var point : points) {
            var own = outcomes.stream()
                    .filter(outcome -> outcome.candidate().equals(point.candidate.name())
                            && outcome.sparsity() == point.sparsity)
                    .toList();
            if (own.size() == seeds) {
                var result = new Tried(point.candidate.name(), point.sparsity, epochs, own);
                tried.add(result);
                if (own.stream().allMatch(outcome -> outcome.problem().isEmpty())) {
                    done.add(result);
                }
            }
        }
        return done;
    }

    /** The best few: front by front, within a front those nearest to the tolerance. */
    private List<Point> promising(List<Tried> from, int count) {
        var rest = new ArrayList<>(from);
        var chosen = new ArrayList<Tried>();
        while (chosen.size() < count && !rest.isEmpty()) {
            var front = rest.stream().filter(one -> rest.stream().noneMatch(one::isDominatedBy)).toList();
            rest.removeAll(front);
            front.stream()
                    .sorted(Comparator.comparingDouble(one -> Math.abs(one.drop() - settings.tolerance)))
                    .limit(count - chosen.size())
                    .forEach(chosen::add);
        }
        return chosen.stream().map(one -> new Point(settings.candidate(one.candidate()), one.sparsity())).toList();
    }

    /** Goes on between the smallest that is good enough and the next sparsity of the same candidate. */
    private void refine() throws IOException {
        for (int i = 0; i < REFINEMENTS; i++) {
            var good = goodEnough();
            if (good.isEmpty()) {
                return;
            }
            var best = good.getFirst();
            double next = tried.stream()
                    .filter(one -> one.candidate().equals(best.candidate()) && one.sparsity() > best.sparsity())
                    .mapToDouble(Tried::sparsity)
                    .min()
                    .orElse(1 - (1 - best.sparsity()) / 2);
            double density = Math.sqrt((1 - best.sparsity()) * (1 - next));
            double between = Math.rint((1 - density) * 1e4) / 1e4;
            if (between <= best.sparsity() || between >= next) {
                return;
            }
            attempt(List.of(new Point(settings.candidate(best.candidate()), between)), settings.epochs, ROUNDS);
        }
    }

    /**
     * The finalists, the largest first: the smallest that is good enough, and behind it the same candidate with a few
     * more weights and with four times as many. What is good enough on the validation samples by a little will often
     * not be on others. If nothing is good enough, what loses least.
     */
    private List<Tried> fallBacks() throws IOException {
        var good = goodEnough();
        if (good.isEmpty()) {
            return frontier().stream().min(Comparator.comparingDouble(Tried::drop)).stream().toList();
        }
        var best = good.getFirst();
        var lower = Stream.concat(settings.sparsities.stream(), tried.stream()
                .filter(one -> one.candidate().equals(best.candidate()))
                .map(Tried::sparsity))
                .distinct()
                .filter(sparsity -> 1 - sparsity >= SLIGHTLY_SAFER * (1 - best.sparsity()))
                .sorted(Comparator.reverseOrder())
                .toList();
        var finalists = new ArrayList<>(List.of(best));
        if (!lower.isEmpty()) {
            finalists.addAll(full(best.candidate(), lower.getFirst()));
            double safe = lower.stream()
                    .filter(sparsity -> 1 - sparsity >= SAFER * (1 - best.sparsity()))
                    .findFirst()
                    .orElse(lower.getLast());
            if (safe < lower.getFirst()) {
                finalists.addAll(full(best.candidate(), safe));
            }
        }
        return finalists.reversed();
    }

    /** A point after all epochs, done now if it was not; empty if time is over or it came to nothing. */
    private List<Tried> full(String candidate, double sparsity) throws IOException {
        var done = tried.stream()
                .filter(one -> one.candidate().equals(candidate) && one.sparsity() == sparsity
                        && one.epochs() == settings.epochs && one.runs().size() == ROUNDS && works(one))
                .toList();
        return done.isEmpty()
                ? attempt(List.of(new Point(settings.candidate(candidate), sparsity)), settings.epochs, ROUNDS)
                : done.subList(0, 1);
    }

    /** Those of the last round that validation finds good enough and nothing dominates, the smallest first. */
    private List<Tried> goodEnough() {
        return frontier().stream().filter(one -> one.drop() <= settings.tolerance).toList();
    }

    /** Of all that were trained for all epochs and with all seeds, what nothing dominates; the smallest first. */
    private List<Tried> frontier() {
        int most = tried.stream().filter(Search::works).mapToInt(Tried::epochs).max().orElse(0);
        var longest = tried.stream().filter(one -> one.epochs() == most && works(one)).toList();
        int seeds = longest.stream().mapToInt(one -> one.runs().size()).max().orElse(0);
        var full = longest.stream().filter(one -> one.runs().size() == seeds).toList();
        return IntStream.range(0, full.size())
                .filter(i -> full.stream().noneMatch(full.get(i)::isDominatedBy)
                        && full.subList(0, i).stream().noneMatch(full.get(i)::isEqualTo))
                .mapToObj(full::get)
                .sorted(Comparator.comparingDouble(Tried::size).thenComparingDouble(Tried::drop))
                .toList();
    }

    private static boolean works(Tried one) {
        return one.runs().stream().allMatch(run -> run.problem().isEmpty());
    }

    private AutoPrune.Result test(List<Tried> finalists) throws IOException {
        var frontier = frontier();
        if (frontier.isEmpty()) {
            throw new IllegalArgumentException("auto: no candidate came to anything: " + tried.stream()
                    .flatMap(one -> one.runs().stream())
                    .flatMap(run -> run.problem().map(why -> run.candidate() + ": " + why).stream())
                    .distinct()
                    .collect(Collectors.joining("; ")));
        }
        var tests = new ArrayList<SearchReport.Tested>();
        Optional<ModelFile> best = Optional.empty();
        for (var finalist : finalists) {
            var done = retried(finalist);
            if (done.isEmpty()) {
                break;
            }
            var verdict = verdict(done);
            tests.add(new SearchReport.Tested(
                    finalist.candidate(), finalist.sparsity(), finalist.epochs(),
                    done.stream().mapToDouble(run -> run.outcome().size()).average().orElseThrow(), verdict));
            boolean passed = verdict.verdict() == Verdict.NOT_INFERIOR;
            if (passed || best.isEmpty()) {
                best = Optional.of(bestOf(done));
            }
            if (!passed) {
                break;
            }
        }
        if (best.isEmpty()) {
            throw new IllegalArgumentException("auto: the time allowed was over before any test; allow more of it, or"
                    + " fewer epochs, candidates or sparsities");
        }
        var first = runs.dense(settings.seed);
        double dense = Run.size(settings, first, ModelFile.of(first));
        return new AutoPrune.Result(
                new SearchReport(
                        settings.resource, settings.metric.name(), settings.tolerance, settings.confidence, dense,
                        tried, frontier, tests),
                best.get());
    }

    private List<Run> retried(Tried finalist) throws IOException {
        var jobs = new ArrayList<SearchJob>();
        for (int i = 0; i < settings.seeds; i++) {
            jobs.add(new SearchJob(
                    finalist.candidate(), finalist.sparsity(), finalist.epochs(), settings.seed + FRESH + i));
        }
        return runs.all(jobs, 1).stream().filter(run -> run.file().isPresent()).toList();
    }

    private NonInferiority verdict(List<Run> done) {
        var pairs = done.stream()
                .map(run -> new NonInferiority.Pair(
                        runs.dense(run.outcome().seed()), run.file().orElseThrow().model()))
                .toList();
        return NonInferiority.test(settings.metric, settings.test, settings.tolerance, settings.confidence, pairs);
    }

    private ModelFile bestOf(List<Run> done) {
        return done.stream()
                .min(Comparator.comparingDouble(run -> run.outcome().drop()))
                .flatMap(Run::file)
                .orElseThrow();
    }
}
