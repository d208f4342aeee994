package org.espalier.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.espalier.bench.report.Statistics.Spread;
import org.espalier.bench.task.Probe.Kind;

/** Results as a page of Markdown. The text is a function of the results alone. */
public final class Report {
    private static final String OURS = "espalier";

    private final Results results;
    private final Roofline roofline;
    private final StringBuilder out = new StringBuilder();

    private Report(Results results) {
        this.results = results;
        this.roofline = new Roofline(results);
    }

    /** The page. */
    public static String markdown(Results results) {
        var report = new Report(results);
        report.head();
        report.figures();
        var sections = new LinkedHashSet<String>();
        results.rows().stream().filter(row -> !row.isMachine()).forEach(row -> sections.add(row.section()));
        sections.forEach(report::section);
        report.machine();
        report.failures();
        return report.out.toString();
    }

    private void head() {
        line("# Benchmark results");
        line("");
        results.environment().forEach((name, value) -> line("- " + name + ": " + value));
        line("");
        line("""
                Each cell is a median over rounds. In a round, the peers measure a few rows of a section one after the
                other, each in a new process; the number in parentheses is the peer's time divided by ours within the
                round, then the median of the rounds [smallest – largest]: above 1, we are faster. ~ marks a time whose
                rounds differ by more than 1.2 ×, ! one beside which the machine was slower than it can be, twice: its
                clock or the share of it that a process got, measured before and after each. In the first round, every
                answer was checked against double precision before the clock started.""");
        line("");
        line("| peer | what it says of itself |");
        line("|---|---|");
        results.peers().forEach((name, text) -> line("| " + name + " | " + text.replace('|', '/') + " |"));
        line("");
    }

    private void figures() {
        var figures = Figures.of(results);
        if (figures.isEmpty()) {
            return;
        }
        line("## Figures to reach");
        line("");
        line("""
                At the roofline is what a figure would be if ours took the least time that the peaks measured in the
                same run allow, whatever else a row has to do; the README says what bounds those that are missed.""");
        line("");
        if (results.isNarrowed()) {
            line("""
                    Vectors were held to fewer bits than the machine has. ONNX Runtime cannot be held to that, so
                    no figure here compares with it; MKL cannot either, and chooses 256 bits here by itself.""");
            line("");
        }
        line("| figure | goal | reached | at the roofline | |");
        line("|---|---|---|---|---|");
        for (var figure : figures) {
            line("| " + figure.what() + (figure.atMost() ? " | ≤ " : " | ≥ ") + number(figure.goal()) + " | "
                    + ratio(figure.reached()) + " | "
                    + (figure.atRoofline().isPresent() ? number(figure.atRoofline().getAsDouble()) : "")
                    + " | " + (figure.isReached() ? "yes" : "**no**") + " |");
        }
        line("");
    }

    private void section(String section) {
        var rows = results.rows().stream().filter(row -> row.section().equals(section)).toList();
        var peers = new LinkedHashSet<String>();
        rows.forEach(row -> peers.addAll(results.peersOf(row)));
        peers.remove(OURS);
        if (rows.stream().allMatch(row -> results.peersOf(row).isEmpty())) {
            return;
        }
        boolean epochs = rows.stream().anyMatch(row -> row.perEpoch() > 0);
        line("## " + section);
        line("");
        line("| row | " + OURS + " |" + (epochs ? " epoch |" : "") + " GFLOP/s | of bound | heap/op |"
                + peers.stream().map(peer -> " " + peer + " |").collect(Collectors.joining()));
        line("|---|---|" + (epochs ? "---|" : "") + "---|---|---|" + "---|".repeat(peers.size()));
        rows.forEach(row -> row(row, epochs, peers));
        line("");
    }

    private void row(RowInfo row, boolean epochs, Set<String> peers) {
        var cells = new ArrayList<String>();
        var ours = results.time(row.name(), OURS);
        cells.add(row.name());
        var note = results.note(row.name(), OURS);
        cells.add(ours.map(time -> disturbed(row, OURS) + time(time)).orElse("–")
                + (note.isEmpty() ? "" : ", " + note));
        if (epochs) {
            cells.add(ours.map(time -> duration(time.median() * row.perEpoch())).orElse("–"));
        }
        cells.add(row.flops() > 0 ? ours.map(time -> number(row.flops() / time.median())).orElse("–") : "");
        cells.add(ours.map(time -> share(row, time)).orElse("–"));
        cells.add(ours.isPresent() ? bytes(results.allocated(row.name(), OURS)) : "–");
        for (var peer : peers) {
            var time = results.time(row.name(), peer);
            var ratio = results.ratio(row.name(), peer, OURS);
            cells.add(time.map(one -> disturbed(row, peer) + time(one)).orElse("")
                    + ratio.map(one -> " (" + ratio(one) + ")").orElse(""));
        }
        line("| " + String.join(" | ", cells) + " |");
    }

    private String disturbed(RowInfo row, String peer) {
        return results.isDisturbed(row.name(), peer) ? "!" : "";
    }

    private String share(RowInfo row, Spread time) {
        var bound = roofline.bound(row);
        return bound.isPresent()
                ? Math.round(100 * bound.getAsDouble() / time.median()) + " % " + roofline.limit(row)
                : "–";
    }

    private void machine() {
        var clock = roofline.rate(Kind.CLOCK, 1);
        var rows = results.rows().stream()
                .filter(row -> row.isMachine() && results.time(row.name(), "machine").isPresent())
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        line("## Roofline of this machine");
        line("");
        line("""
                Measured in the same run by Vector API loops; the bounds above are computed from it. The clock is the
                rate of dependent one-cycle integer operations.""");
        line("");
        line("| property | value | per cycle | dispersion |");
        line("|---|---|---|---|");
        for (var row : rows) {
            var time = results.time(row.name(), "machine").orElseThrow();
            double amount = row.flops() > 0 ? row.flops() : row.bytes();
            double rate = amount / time.min();
            boolean isClock = row.name().equals("clock");
            String unit = isClock ? " GHz" : row.flops() > 0 ? " GFLOP/s" : " GB/s";
            String perCycle = clock.isEmpty() || isClock
                    ? ""
                    : number(rate / clock.getAsDouble()) + (row.flops() > 0 ? " flops" : " bytes");
            line("| " + row.name() + " | " + number(rate) + unit + " | " + perCycle + " | "
                    + number(amount / time.max()) + " – " + number(amount / time.min()) + " |");
        }
        var whole = roofline.rate(Kind.READ_L1, 1);
        var split = roofline.rate(Kind.READ_L1_SPLIT, 1);
        if (whole.isPresent() && split.isPresent()) {
            line("");
            line("A load that crosses a cache line costs " + number(whole.getAsDouble() / split.getAsDouble())
                    + " times as much as one that does not.");
        }
        line("");
    }

    private void failures() {
        if (results.failures().isEmpty()) {
            return;
        }
        line("## Failures");
        line("");
        results.failures().forEach(failure -> line("- " + failure));
        line("");
    }

    private void line(String text) {
        out.append(text).append('\n');
    }

    private static String time(Spread time) {
        return (time.isWide() ? "~" : "") + duration(time.median());
    }

    private static String ratio(Spread ratio) {
        return "**" + number(ratio.median()) + "** [" + number(ratio.min()) + " – " + number(ratio.max()) + "]";
    }

    /** Nanoseconds in the unit that suits them. */
    static String duration(double nanoseconds) {
        var units = List.of("ns", "µs", "ms", "s");
        double value = nanoseconds;
        int unit = 0;
        while (value >= 1000 && unit < units.size() - 1) {
            value /= 1000;
            unit++;
        }
        return number(value) + " " + units.get(unit);
    }

    /** Bytes in the unit that suits them; less than half a byte is none, as the profiler counts other threads too. */
    static String bytes(double bytes) {
        if (bytes < 0.5) {
            return "0 B";
        }
        return bytes < 1000 ? Math.round(bytes) + " B" : number(bytes / 1000) + " kB";
    }

    /** Three significant digits, whatever the machine's locale. */
    static String number(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
