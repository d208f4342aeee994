package org.espalier.bench.report;

import java.util.OptionalDouble;
import org.espalier.bench.task.Probe;
import org.espalier.bench.task.Probe.Kind;

/**
 * The least time a row can take on the machine that ran it (Williams, Waterman and Patterson, CACM 2009): its
 * operations at the measured arithmetic peak, or its bytes at the measured bandwidth of the smallest level that holds
 * what it touches, whichever is longer.
 */
final class Roofline {
    private static final String MACHINE = "machine";

    private static final double KIB = 1024;
    private static final double L1 = 32 * KIB;
    private static final double L2 = 1024 * KIB;
    private static final double L3 = 32 * 1024 * KIB;

    private final Results results;

    Roofline(Results results) {
        this.results = results;
    }

    /** Operations (FMA peak, clock) or bytes (reads) per nanosecond, in the fastest round: a peak is no average. */
    OptionalDouble rate(Kind kind, int threads) {
        var name = new Probe(kind, threads).name();
        var row = results.row(name);
        var time = results.time(name, MACHINE).map(spread -> OptionalDouble.of(spread.min()))
                .orElse(OptionalDouble.empty());
        if (row.isEmpty() || time.isEmpty()) {
            // Private caches and units serve each core alone, so what one thread gets, each of several gets.
            boolean shared = kind == Kind.READ_L3 || kind == Kind.READ_MEMORY;
            var single = threads == 1 || shared ? OptionalDouble.empty() : rate(kind, 1);
            return single.isPresent() ? OptionalDouble.of(single.getAsDouble() * threads) : single;
        }
        double amount = row.get().flops() > 0 ? row.get().flops() : row.get().bytes();
        double rate = amount / time.getAsDouble();
        return OptionalDouble.of(kind == Kind.FMA_PEAK ? Math.max(rate, fastestProduct(threads)) : rate);
    }

    /** Operations per nanosecond of the fastest product of matrices by anyone: a peak cannot be below it. */
    private double fastestProduct(int threads) {
        double fastest = 0;
        for (var row : results.rows()) {
            if (row.threads() == threads && row.name().startsWith("sgemm ")) {
                for (var peer : results.peersOf(row)) {
                    fastest = Math.max(fastest, row.flops() / results.time(row.name(), peer).orElseThrow().min());
                }
            }
        }
        return fastest;
    }

    /** The least time in nanoseconds, if the machine was measured. */
    OptionalDouble bound(RowInfo row) {
        var arithmetic = arithmetic(row);
        var memory = memory(row);
        if (arithmetic.isEmpty() || memory.isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Math.max(arithmetic.getAsDouble(), memory.getAsDouble()));
    }

    /** What limits the row: {@code FMA}, or the level its bytes come from. */
    String limit(RowInfo row) {
        var arithmetic = arithmetic(row);
        var memory = memory(row);
        if (arithmetic.isEmpty() || memory.isEmpty()) {
            return "";
        }
        return arithmetic.getAsDouble() >= memory.getAsDouble() ? "FMA" : level(row.footprint()).name().substring(5);
    }

    private OptionalDouble arithmetic(RowInfo row) {
        return quotient(row.flops(), rate(Kind.FMA_PEAK, row.threads()));
    }

    private OptionalDouble memory(RowInfo row) {
        return quotient(row.bytes(), rate(level(row.footprint()), row.threads()));
    }

    private static OptionalDouble quotient(double amount, OptionalDouble rate) {
        return rate.isPresent() ? OptionalDouble.of(amount / rate.getAsDouble()) : rate;
    }

    private static Kind level(double footprint) {
        if (footprint <= L1) {
            return Kind.READ_L1;
        }
        if (footprint <= L2) {
            return Kind.READ_L2;
        }
        return footprint <= L3 ? Kind.READ_L3 : Kind.READ_MEMORY;
    }
}
