package org.espalier.prune.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reports as text for people. */
final class ReportTable {
    private ReportTable() {}

    static String of(PruningReport report) {
        int width = Math.max(12, report.stages().stream()
                .mapToInt(stage -> stage.name().length())
                .max()
                .orElse(0));
        var text = new StringBuilder();
        var columns = "%-" + width + "s %9s %8s %9s %10s";
        text.append(String.format(Locale.ROOT, columns, "stage", "kept", "kept %", "bytes", "FLOPs"));
        for (var name : report.before().keySet()) {
            text.append(String.format(Locale.ROOT, "  %-26s", name + ": before, pruned, after"));
        }
        text.append('\n');
        line(text, width, "(start)", LayerReport.total(report.layersBefore()), List.of(report.before()));
        for (var stage : report.stages()) {
            line(text, width, stage.name(), stage.total(), List.of(stage.before(), stage.pruned(), stage.after()));
            if (stage.rolledBack()) {
                text.append("    rolled back to ")
                        .append(stage.keptStep() == 0 ? "the model before the stage" : "step " + stage.keptStep())
                        .append(": the drop exceeds the tolerance\n");
            }
            stage.heldByFloors().ifPresent(held -> text.append("    ").append(held).append('\n'));
            stage.risks().forEach(risk -> text.append("    risk: ").append(risk.text()).append('\n'));
            stage.micros().ifPresent(
                    micros -> text.append(String.format(Locale.ROOT, "    predicted latency: %.2f µs\n", micros)));
        }
        text.append('\n').append(layers(report.layers()));
        report.formats().ifPresent(formats -> text.append('\n').append(formats));
        report.test().ifPresent(test -> text.append(tests(test)));
        return text.toString();
    }

    private static void line(
            StringBuilder text, int width, String name, LayerReport total, List<Map<String, Double>> measures) {
        text.append(cost("%-" + width + "s %9d %8.2f %9d %10d", name, total));
        for (var measure : measures.getFirst().keySet()) {
            var values = new StringBuilder(" ");
            measures.forEach(at -> values.append(String.format(Locale.ROOT, " %8.5f", at.get(measure))));
            text.append(String.format(Locale.ROOT, "%-28s", values));
        }
        while (text.charAt(text.length() - 1) == ' ') {
            text.setLength(text.length() - 1);
        }
        text.append('\n');
    }

    private static String tests(TestReport test) {
        var text = new StringBuilder(
                String.format(Locale.ROOT, "\n%-20s %8s %9s %9s\n", "test", "samples", "before", "after"));
        test.measures().forEach((name, change) -> text.append(
                String.format(Locale.ROOT, "%-20s %8s %9.5f %9.5f\n", name, "", change.before(), change.after())));
        test.classes().forEach(of -> text.append(String.format(
                Locale.ROOT, "%-20s %8d %9.5f %9.5f\n", "class " + of.label(), of.samples(), of.before(), of.after())));
        return text.toString();
    }

    private static String layers(List<LayerReport> layers) {
        var text = new StringBuilder(String.format(
                Locale.ROOT, "%-12s %9s %8s %9s %10s %9s\n", "layer", "kept", "kept %", "bytes", "FLOPs", "weights"));
        layers.forEach(layer -> text.append(cost("%-12s %9d %8.2f %9d %10d", layer.layer(), layer))
                .append(String.format(Locale.ROOT, " %9d\n", layer.weights())));
        return text.toString();
    }

    private static String cost(String format, String name, LayerReport cost) {
        return String.format(Locale.ROOT, format, name, cost.kept(), 100 * cost.density(), cost.bytes(), cost.flops());
    }
}
