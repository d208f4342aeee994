package org.espalier.examples.report.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.espalier.examples.report.RunRecord;
import org.espalier.io.AtomicFile;
import org.espalier.io.Json;

/**
 * The report of a run as one HTML file that needs no network: charts by Apache ECharts, which the file brings along,
 * masks as pictures, and every number also in a table. A part of the page is a {@link Section}.
 */
public final class ReportPage {
    private static final String ECHARTS = "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";
    private static final Pattern HOLE = Pattern.compile("\\{\\{(\\w+)}}");

    private final RunRecord run;

    private ReportPage(RunRecord run) {
        this.run = run;
    }

    /** The page, as text. */
    public static String of(RunRecord run) {
        return new ReportPage(run).html();
    }

    /** Writes the page to a file, making its directory if it has to. */
    public static void write(RunRecord run, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        AtomicFile.write(file, of(run).getBytes(StandardCharsets.UTF_8));
    }

    private String html() {
        var links = new StringBuilder();
        var sections = new StringBuilder();
        var charts = Json.object();
        for (var section : Section.values()) {
            var figures = section.figures(run);
            if (figures.isEmpty()) {
                continue;
            }
            links.append(link(section.id(), section.title()));
            sections.append("<section id=\"").append(section.id()).append("\" aria-labelledby=\"").append(section.id())
                    .append("-title\">\n<h2 id=\"").append(section.id()).append("-title\">")
                    .append(Html.text(section.title())).append("</h2>\n");
            for (var figure : figures) {
                sections.append(Html.figure(figure));
                if (figure.drawing() instanceof Figure.Drawing.Chart chart) {
                    charts = charts.with(figure.id(), chart.option());
                }
            }
            sections.append("</section>\n");
        }
        var holes = java.util.Map.of(
                "title", Html.text(run.title()),
                "style", resource("report.css"),
                "about", Html.text(about()),
                "cards", cards(),
                "links", links + link("origin", "How can it be made again?"),
                "sections", sections.toString(),
                "origin", origin(),
                "charts", Html.json(charts),
                "library", Html.script(resource(ECHARTS)),
                "script", Html.script(resource("report.js")));
        return HOLE.matcher(resource("report.html"))
                .replaceAll(hole -> Matcher.quoteReplacement(holes.get(hole.group(1))));
    }

    private static String link(String id, String title) {
        return "<li><a href=\"#" + id + "\">" + Html.text(title) + "</a></li>\n";
    }

    private String about() {
        var rows = new ArrayList<String>();
        rows.add(Words.count(run.data().train()) + " rows to train on");
        if (run.data().validation() > 0) {
            rows.add(Words.count(run.data().validation()) + " for validation");
        }
        if (run.data().test() > 0) {
            rows.add(Words.count(run.data().test()) + " for the test");
        }
        return (run.data().name().isEmpty() ? "" : run.data().name() + ": " + String.join(", ", rows) + ". ")
                + run.created();
    }

    private String cards() {
        var cards = new ArrayList<String>();
        boolean tested = !Double.isNaN(run.pruned().test());
        double dense = tested ? run.dense().test() : run.dense().validation();
        double pruned = tested ? run.pruned().test() : run.pruned().validation();
        if (!Double.isNaN(pruned)) {
            cards.add(card(run.score().name() + (tested ? " on the test rows" : " on the validation rows"),
                    Words.score(run.score(), pruned), "dense: " + Words.score(run.score(), dense)));
        }
        double kept = (double) run.pruned().kept() / Math.max(1, run.pruned().weights());
        cards.add(card("weights kept", Words.percent(kept),
                Words.count(run.pruned().kept()) + " of " + Words.count(run.dense().weights())));
        cards.add(card("bytes of the file, lossless", Words.bytes(run.pruned().fileBytes()),
                "dense: " + Words.bytes(run.dense().fileBytes())));
        cards.add(card("operations for a row", Words.count(run.pruned().flops()),
                "dense: " + Words.count(run.dense().flops())));
        run.speed().filter(speed -> !speed.dense().isEmpty() && !speed.pruned().isEmpty())
                .ifPresent(speed -> cards.add(card("time for one row",
                        Words.micros(speed.pruned().getFirst().median()),
                        "dense: " + Words.micros(speed.dense().getFirst().median()))));
        return String.join("", cards);
    }

    private static String card(String name, String value, String beside) {
        return "<div class=\"card\"><dt>" + Html.text(name) + "</dt><dd><strong>" + Html.text(value)
                + "</strong><span>" + Html.text(beside) + "</span></dd></div>\n";
    }

    private String origin() {
        var html = new StringBuilder();
        var facts = new ArrayList<List<String>>();
        facts.add(List.of("Seed", Long.toString(run.pruning().seed())));
        facts.add(List.of("Machine", run.machine()));
        Optional.of(run.data().target()).filter(target -> !target.isEmpty())
                .ifPresent(target -> facts.add(List.of("Predicted", target)));
        Optional.of(run.data().classes()).filter(classes -> !classes.isEmpty())
                .ifPresent(classes -> facts.add(List.of("Classes", String.join(", ", classes))));
        html.append(Html.list(facts));
        if (!run.recipe().isEmpty()) {
            html.append("<h3 id=\"recipe\">Recipe</h3>\n")
                    .append("<pre tabindex=\"0\" role=\"region\" aria-labelledby=\"recipe\">")
                    .append(Html.text(run.recipe().strip())).append("</pre>\n");
        }
        if (!run.data().columns().isEmpty()) {
            html.append("<h3>Columns</h3>\n").append(Html.table("Columns", new Figure.Table(List.of("column", "kind"),
                    run.data().columns().stream().map(column -> List.of(column.name(), column.kind())).toList())));
        }
        html.append("<h3>Fingerprints (SHA-256)</h3>\n").append(Html.list(run.fingerprints().entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue())).toList()));
        return html.toString();
    }

    private static String resource(String name) {
        try (var in = ReportPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
