package org.espalier.examples.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.prune.search.SearchReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutoCommandTest extends ToolFixture {
    private Path model;
    private Path data;
    private Path small;

    @BeforeEach
    void train() throws IOException {
        model = wineModel();
        data = folder.resolve("wine.csv");
        small = folder.resolve("small.safetensors");
    }

    private Ran auto(Object... args) {
        var all = new ArrayList<Object>(List.of("auto", "--data", data, "--out", small, "--test-seeds", 2));
        all.addAll(List.of(args));
        return espalier(all.toArray());
    }

    @Test
    void whatPassesIsSmallerAndPredicts() throws IOException {
        var runs = folder.resolve("runs");
        var report = SearchReport.fromJson(auto(model, "--tolerance", 0.3, "--sparsities", 0.5, "--retraining", 9,
                "--runs", runs, "--json").json());

        assertTrue(report.passed().isPresent(), report.toTable());
        assertTrue(Files.size(small) < Files.size(model));
        assertTrue(espalier("predict", small, "--data", data).good().lines().count() > 170);
        var again = auto(model, "--tolerance", 0.3, "--sparsities", 0.5, "--retraining", 9, "--runs", runs).good();
        assertTrue(again.contains(report.verdict()), again);
    }

    @Test
    void ifNothingPassesTheCodeSaysSo() {
        var ran = auto(model, "--tolerance", 0, "--sparsities", 0.99, "--retraining", 1, "--smallest", "weights");

        assertEquals(Failures.CHECK, ran.code(), ran.err());
        assertTrue(ran.out().contains("nothing passed the test; the best there is: "), ran.out());
        assertTrue(Files.exists(small));
    }

    @Test
    void wrongNumbersAreRefused() {
        auto(model, "--tolerance", -1).fails(Failures.FAILED, "tolerance");
        auto(model, "--confidence", 2).fails(Failures.FAILED, "confidence");
        auto(model, "--sparsities", 2).fails(Failures.FAILED, "sparsity");
        auto(model, "--smallest", "stones").fails(Failures.USAGE, "stones");
    }
}
