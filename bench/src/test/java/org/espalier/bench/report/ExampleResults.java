package org.espalier.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** A small run with round numbers, for the tests of this package. */
final class ExampleResults {
    private ExampleResults() {}

    static Results results() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("date", "2026-01-02T03:04:05Z");
        environment.put("JVM", "an example");
        var peers = new LinkedHashMap<String, String>();
        peers.put("espalier", "Vector kernels.");
        peers.put("openblas", "core Example");
        var rows = List.of(
                new RowInfo(RowInfo.MACHINE, "clock", 1, 200_000, 0, 0, 0),
                new RowInfo(RowInfo.MACHINE, "FMA peak", 1, 1_000_000, 0, 0, 0),
                new RowInfo(RowInfo.MACHINE, "read L1", 1, 0, 100_000, 100_000, 0),
                new RowInfo(RowInfo.MACHINE, "read L1, split lines", 1, 0, 100_000, 100_000, 0),
                new RowInfo(RowInfo.MACHINE, "read memory", 1, 0, 100_000, 100_000, 0),
                new RowInfo("Matrix products", "sgemm 8x8x8", 1, 1024, 768, 768, 0),
                new RowInfo("Matrix products", "sgemm 1024x1024x1024", 1, 2_147_483_648.0, 1e7, 1e9, 0),
                new RowInfo("Maps", "exp", 1, 0, 1_000_000, 1e9, 0),
                new RowInfo("Layers", "layer 300x784 b64 dense", 1, 1e7, 1e6, 1e6, 0),
                new RowInfo("Layers", "layer 300x784 b64 90%", 1, 1e6, 1e6, 1e6, 0),
                new RowInfo("Layers", "layer 1024x1024 b128 dense", 1, 1e7, 1e6, 1e6, 0),
                new RowInfo("Layers", "layer 1024x1024 b128 90%", 1, 1e6, 1e6, 1e6, 0),
                new RowInfo("Pruned", "train 3072-1024-512-10 zeros 90% b100 2 threads", 2, 1e7, 1e6, 1e6, 500),
                new RowInfo("Graph", "graph of 100 ops", 1, 1200, 32, 32, 0),
                new RowInfo("Training step", "train 784-300-100-10 b256", 1, 1e7, 1e6, 1e6, 235),
                new RowInfo("Training step", "train 784-300-100-10 b256 2 threads", 2, 1e7, 1e6, 1e6, 235));
        var measurements = new ArrayList<Measurement>();
        for (int round = 0; round < 2; round++) {
            add(measurements, round, "clock", "machine", 50_000);
            add(measurements, round, "FMA peak", "machine", 5_000);
            add(measurements, round, "read L1", "machine", 250);
            add(measurements, round, "read L1, split lines", "machine", 500);
            add(measurements, round, "read memory", "machine", 2_000);
            add(measurements, round, "sgemm 8x8x8", "espalier", 50);
            add(measurements, round, "sgemm 8x8x8", "openblas", 100 + 50 * round);
            add(measurements, round, "sgemm 1024x1024x1024", "espalier", 11_000_000);
            add(measurements, round, "exp", "espalier", 40_000);
            add(measurements, round, "layer 300x784 b64 dense", "openblas", 60_000);
            add(measurements, round, "layer 300x784 b64 dense", "mkl", 90_000);
            add(measurements, round, "layer 300x784 b64 90%", "espalier", 10_000);
            add(measurements, round, "layer 1024x1024 b128 dense", "openblas", 300_000);
            add(measurements, round, "layer 1024x1024 b128 dense", "mkl", 200_000);
            add(measurements, round, "layer 1024x1024 b128 90%", "espalier", 50_000);
            add(measurements, round, "train 3072-1024-512-10 zeros 90% b100 2 threads", "espalier", 1_500_000);
            add(measurements, round, "graph of 100 ops", "espalier", 250_000);
            add(measurements, round, "train 784-300-100-10 b256", "espalier", 800_000);
            add(measurements, round, "train 784-300-100-10 b256", "libtorch", 1_200_000);
            add(measurements, round, "train 784-300-100-10 b256 2 threads", "espalier", 400_000);
        }
        return new Results(environment, peers, rows, measurements, List.of("exp, mkl, round 1: no such library"));
    }

    /** Three iterations around a time. */
    private static void add(List<Measurement> all, int round, String row, String peer, double time) {
        all.add(new Measurement(row, peer, round, row.equals("exp") ? Optional.of("table") : Optional.empty(), 0,
                List.of(time * 0.9, time * 1.3, time)));
    }
}
