package org.espalier.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;
import org.espalier.bench.report.Statistics.Spread;
import org.espalier.bench.task.AutogradGraph;
import org.espalier.bench.task.Probe;

/** The figures the library promises to reach, computed from the rows that were run. */
final class Figures {
    static final String OURS = "espalier";
    private static final String CUBE = "sgemm 1024x1024x1024";
    private static final String CUBE_TWICE = CUBE + " 2 threads";
    private static final List<String> SHAPES = Stream.of(
            "512x512x512", "1024x1024x1024", "1020x256x1024", "300x128x784", "1024x128x1024", "4096x64x1024")
            .map(shape -> "sgemm " + shape)
            .toList();

    private final Results results;
    private final Roofline roofline;
    private final List<Figure> figures = new ArrayList<>();

    /**
     * One figure.
     *
     * @param what what is compared, and how
     * @param atMost whether the goal is an upper limit
     * @param goal the least it should be, or the most
     * @param reached what it was
     * @param atRoofline what it would be if ours took the least time the measured peaks allow, if that is known
     */
    record Figure(String what, boolean atMost, double goal, Spread reached, OptionalDouble atRoofline) {
        boolean isReached() {
            return atMost ? reached.median() <= goal : reached.median() >= goal;
        }
    }

    private Figures(Results results) {
        this.results = results;
        this.roofline = new Roofline(results);
    }

    /** Those whose rows were run; the others are left out. */
    static List<Figure> of(Results results) {
        var figures = new Figures(results);
        figures.products();
        figures.small();
        figures.networks();
        figures.graph();
        figures.threads();
        SparseFigures.addTo(figures);
        return List.copyOf(figures.figures);
    }

    private void products() {
        var toBest = geometricMean(SHAPES, "openblas", "mkl");
        add("sgemm, geometric mean of the six shapes: better of OpenBLAS and MKL / ours", 1.05, toBest);
        addWorst("sgemm, worst shape: better of OpenBLAS and MKL / ours", 0.95, SHAPES,
                row -> against(row, "openblas", "mkl"));
        add("sgemm, geometric mean of the six shapes: EJML / ours", 15, geometricMean(SHAPES, "ejml"));
        var peak = new Probe(Probe.Kind.FMA_PEAK, 1).name();
        var row = results.row(CUBE);
        if (row.isPresent() && results.row(peak).isPresent()) {
            double share = row.get().flops() / results.row(peak).get().flops();
            add("sgemm 1024³: share of the measured FMA peak", 0.9,
                    scaled(Results.ratio(results.times(peak, "machine"), results.times(CUBE, OURS)), share));
        }
        add("sgemm 1024³: scalar twin / vector twin", 10, results.ratio(CUBE, "espalier-scalar", OURS));
        add("sgemm 1024³: EJML / scalar twin", 1, results.ratio(CUBE, "ejml", "espalier-scalar"));
    }

    private void small() {
        for (int n : new int[] {8, 16, 32, 64}) {
            var row = "sgemm " + n + "x" + n + "x" + n;
            add("sgemm " + n + "³: OpenBLAS / ours", 1, row, against(row, "openblas"));
        }
        add("sgemm 8³: plain loop / ours with the tensor object", 0.5,
                results.ratio("sgemm 8x8x8", "loop", "espalier-tensor"));
    }

    private void networks() {
        for (var row : results.rows()) {
            if (row.section().equals("Training step") && row.flops() > 1e6) {
                add(row.name() + ": libtorch / ours", 2, row.name(), against(row.name(), "libtorch"));
            }
        }
    }

    private void graph() {
        var task = new AutogradGraph(100);
        addLimit("gradient graph: microseconds for a small op with its gradient", 5,
                scaled(results.time(task.name(), OURS), 1e-3 / task.ops()));
    }

    private void threads() {
        add("sgemm 1024³: one thread / two", 1.8,
                Results.ratio(results.times(CUBE, OURS), results.times(CUBE_TWICE, OURS)));
        for (var row : results.rows()) {
            if (row.section().equals("Training step") && row.name().endsWith(" b256 2 threads")) {
                var single = row.name().replace(" 2 threads", "");
                add(single + ": one thread / two", 1.8,
                        Results.ratio(results.times(single, OURS), results.times(row.name(), OURS)));
            }
        }
    }

    Results results() {
        return results;
    }

    /** Adds a ratio that should be as large as the goal, if its rows were run. */
    void add(String what, double goal, Optional<Spread> reached) {
        put(what, false, goal, OptionalDouble.empty(), reached);
    }

    /** Adds a ratio to our time of this row. */
    void add(String what, double goal, String row, Optional<Spread> reached) {
        put(what, false, goal, share(row), reached);
    }

    /** Adds a quantity that should not be larger than the goal. */
    void addLimit(String what, double goal, Optional<Spread> reached) {
        put(what, true, goal, OptionalDouble.empty(), reached);
    }

    /** Adds a quantity that should not be larger than the goal and grows with our time of this row. */
    void addLimit(String what, double goal, String row, Optional<Spread> reached) {
        put(what, true, goal, share(row), reached);
    }

    private void put(String what, boolean atMost, double goal, OptionalDouble share, Optional<Spread> reached) {
        reached.ifPresent(spread -> {
            var atRoofline = share;
            if (share.isPresent()) {
                double factor = atMost ? share.getAsDouble() : 1 / share.getAsDouble();
                atRoofline = OptionalDouble.of(spread.median() * factor);
            }
            figures.add(new Figure(what, atMost, goal, spread, atRoofline));
        });
    }

    /** Adds the least of the ratios of some rows, naming its row. */
    void addWorst(String what, double goal, List<String> rows, Function<String, Optional<Spread>> ratio) {
        rows.stream()
                .filter(row -> ratio.apply(row).isPresent())
                .min(Comparator.comparingDouble(row -> ratio.apply(row).orElseThrow().median()))
                .ifPresent(row -> add(what + " (" + row + ")", goal, row, ratio.apply(row)));
    }

    /** The least time a row can take, over ours. */
    private OptionalDouble share(String row) {
        var ours = results.median(row, OURS);
        var least = results.row(row).map(roofline::bound).orElse(OptionalDouble.empty());
        return ours.isPresent() && least.isPresent() && least.getAsDouble() > 0
                ? OptionalDouble.of(least.getAsDouble() / ours.getAsDouble())
                : OptionalDouble.empty();
    }

    /** The fastest of the peers in each round, over ours. */
    Optional<Spread> against(String row, String... peers) {
        return Results.ratio(fastest(row, peers), results.times(row, OURS));
    }

    /** The time of the fastest of the peers in each round. */
    Map<Integer, Double> fastest(String row, String... peers) {
        var best = new HashMap<Integer, Double>();
        for (var peer : peers) {
            results.times(row, peer).forEach((round, time) -> best.merge(round, time, Math::min));
        }
        return best;
    }

    /** The geometric mean over rows, for each round that has them all. */
    private Optional<Spread> geometricMean(List<String> rows, String... peers) {
        var rounds = new HashMap<Integer, List<Double>>();
        for (var row : rows) {
            var ours = results.times(row, OURS);
            fastest(row, peers).forEach((round, time) -> {
                if (ours.containsKey(round)) {
                    rounds.computeIfAbsent(round, key -> new ArrayList<>()).add(time / ours.get(round));
                }
            });
        }
        var means = rounds.values().stream()
                .filter(ratios -> ratios.size() == rows.size())
                .map(Statistics::geometricMean)
                .toList();
        return means.isEmpty() ? Optional.empty() : Optional.of(Spread.of(means));
    }

    static Optional<Spread> scaled(Optional<Spread> spread, double factor) {
        return spread.map(one -> new Spread(one.median() * factor, one.min() * factor, one.max() * factor));
    }
}
