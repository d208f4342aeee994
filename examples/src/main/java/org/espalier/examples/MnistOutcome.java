package org.espalier.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.pipeline.PruningReport;

/** What the main demo came to: the dense model and the pruned one side by side. */
record MnistOutcome(long seed, PruningReport stages, Candidate dense, Candidate pruned) {

    /** A model, its file, and the shares of validation and test images it gets right. */
    record Candidate(Layer model, Path file, double validation, double test) {
        long keptWeights() {
            return ModelCost.of(model).total().keptWeights();
        }

        long flops() {
            return ModelCost.of(model).total().keptFlops();
        }

        long bytes() throws IOException {
            return Files.size(file);
        }

        private String row(String name, long weights) throws IOException {
            return String.format(
                    Locale.ROOT,
                    "%-8s %9.2f %% %9.2f %% %9d (%5.2f %%) %9d %11d%n",
                    name,
                    100 * (1 - validation),
                    100 * (1 - test),
                    keptWeights(),
                    100.0 * keptWeights() / weights,
                    flops(),
                    bytes());
        }

        private Json.Obj json() throws IOException {
            return Json.object()
                    .with("validationError", 1 - validation)
                    .with("testError", 1 - test)
                    .with("keptWeights", keptWeights())
                    .with("flops", flops())
                    .with("fileBytes", bytes());
        }
    }

    /** Weights of the dense model: what "kept" is a fraction of. */
    long weights() {
        return dense.keptWeights();
    }

    /** The stages, and below them both models. */
    String text() throws IOException {
        return stages.toTable()
                + String.format(
                        "%n%-8s %11s %11s %18s %9s %11s%n",
                        "model", "validation", "test error", "weights kept", "FLOPs", "file bytes")
                + dense.row("dense", weights())
                + pruned.row("pruned", weights());
    }

    /** The same as JSON. */
    Json.Obj json() throws IOException {
        return Json.object()
                .with("seed", seed)
                .with("dense", dense.json())
                .with("pruned", pruned.json())
                .with("pruning", stages.toJson());
    }
}
