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

    /** Cannot be told to use narrower vectors than the machine has. */
    private static final String UNBOUNDED = "onnxruntime";

    /** No goal. */
    static final double NONE = Double.NaN;
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

    /** What a figure should reach on vectors of 512, 256 and 128 bits; {@link #NONE} where nothing is asked. */
    record Goal(double wide, double middle, double narrow) {
        static Goal of(double wide, double middle, double narrow) {
            return new Goal(wide, middle, narrow);
        }

        double on(int bits) {
            return bits == 512 ? wide : bits == 256 ? middle : narrow;
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
        add("sgemm, geometric mean of the six shapes: better of OpenBLAS and MKL / ours", Goal.of(1.15, 1, NONE),
                toBest);
        addWorst("sgemm, worst shape: better of OpenBLAS and MKL / ours", Goal.of(0.95, 0.95, NONE), SHAPES,
                row -> against(row, "openblas", "mkl"));
        add("sgemm, geometric mean of the six shapes: EJML / ours", Goal.of(15, NONE, NONE),
                geometricMean(SHAPES, "ejml"));
        var row = results.row(CUBE);
        var peak = roofline.rate(Probe.Kind.FMA_PEAK, 1);
        if (row.isPresent() && peak.isPresent()) {
            double least = row.get().flops() / peak.getAsDouble();
            add("sgemm 1024³: share of the FMA peak", Goal.of(0.94, 0.9, 0.75),
                    inverse(results.time(CUBE, OURS), least));
        }
        add("sgemm 1024³: scalar twin / vector twin", Goal.of(10, NONE, NONE),
                results.ratio(CUBE, "espalier-scalar", OURS));
        add("sgemm 1024³: EJML / scalar twin", Goal.of(1, 1, 1), results.ratio(CUBE, "ejml", "espalier-scalar"));
    }

    private void small() {
        for (int n : new int[] {8, 16, 32, 64}) {
            var row = "sgemm " + n + "x" + n + "x" + n;
            add("sgemm " + n + "³: OpenBLAS / ours", Goal.of(1, 1, NONE), row, against(row, "openblas"));
        }
        add("sgemm 8³: plain loop / ours with the tensor object", Goal.of(0.5, 0.5, 0.5),
                results.ratio("sgemm 8x8x8", "loop", "espalier-tensor"));
        addLimit("gemv 300x784, weights not packed, first product: ours / OpenBLAS", Goal.of(3.5, 3.5, NONE),
                results.ratio("gemv 300x784", OURS, "openblas"));
        addLimit("gemv 300x784, from the second product on: tensors / packed", Goal.of(1.5, 1.5, 1.5),
                results.ratio("gemv 300x784", "espalier-tensor", "espalier-packed"));
    }

    private void networks() {
        training("784-300-100-10 b64", Goal.of(1.8, 1.9, NONE));
        training("784-300-100-10 b256", Goal.of(1.45, 1.35, NONE));
        training("784-1024-1024-10 b64", Goal.of(1.8, 1.6, NONE));
        training("784-1024-1024-10 b256", Goal.of(1.35, 1.2, NONE));
        training("784-300-100-10 b64 2 threads", Goal.of(3.9, 2.1, NONE));
        training("784-300-100-10 b256 2 threads", Goal.of(2.3, 1.5, NONE));
        training("784-1024-1024-10 b64 2 threads", Goal.of(2.6, 1.8, NONE));
        training("784-1024-1024-10 b256 2 threads", Goal.of(1.5, 1.3, NONE));
    }

    private void training(String net, Goal goal) {
        var row = "train " + net;
        add(row + ": libtorch / ours", goal, row, against(row, "libtorch"));
    }

    private void graph() {
        var task = new AutogradGraph(100);
        addLimit("gradient graph: microseconds for a small op with its gradient", Goal.of(5, 5, 5),
                scaled(results.time(task.name(), OURS), 1e-3 / task.ops()));
    }

    private void threads() {
        add("sgemm 1024³: one thread / two", Goal.of(1.8, 1.8, NONE),
                Results.ratio(results.times(CUBE, OURS), results.times(CUBE_TWICE, OURS)));
        for (var row : results.rows()) {
            if (row.section().equals("Training step") && row.name().endsWith(" b256 2 threads")) {
                var single = row.name().replace(" 2 threads", "");
                add(single + ": one thread / two", Goal.of(1.8, 1.8, NONE),
                        Results.ratio(results.times(single, OURS), results.times(row.name(), OURS)));
            }
        }
    }

    Results results() {
        return results;
    }

    /** Adds a ratio that should be as large as the goal, if its rows were run. */
    void add(String what, Goal goal, Optional<Spread> reached) {
        put(what, false, goal, OptionalDouble.empty(), reached);
    }

    /** Adds a ratio to our time of this row. */
    void add(String what, Goal goal, String row, Optional<Spread> reached) {
        put(what, false, goal, share(row), reached);
    }

    /** Adds a quantity that should not be larger than the goal. */
    void addLimit(String what, Goal goal, Optional<Spread> reached) {
        put(what, true, goal, OptionalDouble.empty(), reached);
    }

    /** Adds a quantity that should not be larger than the goal and grows with our time of this row. */
    void addLimit(String what, Goal goal, String row, Optional<Spread> reached) {
        put(what, true, goal, share(row), reached);
    }

    private void put(String what, boolean atMost, Goal goal, OptionalDouble share, Optional<Spread> reached) {
        double here = goal.on(results.vectorBits());
        if (Double.isNaN(here)) {
            return;
        }
        reached.ifPresent(spread -> {
            var atRoofline = share;
            if (share.isPresent()) {
                double factor = atMost ? share.getAsDouble() : 1 / share.getAsDouble();
                atRoofline = OptionalDouble.of(spread.median() * factor);
            }
            figures.add(new Figure(what, atMost, here, spread, atRoofline));
        });
    }

    /** Adds the least of the ratios of some rows, naming its row. */
    void addWorst(String what, Goal goal, List<String> rows, Function<String, Optional<Spread>> ratio) {
        rows.stream()
                .filter(row -> ratio.apply(row).isPresent())
                .min(Comparator.comparingDouble(row -> ratio.apply(row).orElseThrow().median()))
                .ifPresent(row -> add(what + " (" + row + ")", goal, row, ratio.apply(row)));
    }

    /** The share of the least time that a row can take in ours. */
    Optional<Spread> shareOfBound(String row) {
        var least = results.row(row).map(roofline::bound).orElse(OptionalDouble.empty());
        return least.isEmpty() ? Optional.empty() : inverse(results.time(row, OURS), least.getAsDouble());
    }

    /** The least time in nanoseconds over each of some times. */
    private static Optional<Spread> inverse(Optional<Spread> times, double least) {
        return times.map(one -> new Spread(least / one.median(), least / one.max(), least / one.min()));
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

    /** The time of the fastest of the peers in each round, of those whose vectors are no wider than ours may be. */
    Map<Integer, Double> fastest(String row, String... peers) {
        var best = new HashMap<Integer, Double>();
        for (var peer : peers) {
            if (peer.equals(UNBOUNDED) && results.isNarrowed()) {
                continue;
            }
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
