package org.espalier.examples.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.espalier.examples.report.RunRecord;
import org.espalier.examples.report.SmallRun;
import org.espalier.io.Json;
import org.espalier.nn.Labels;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final String EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>";

    @Test
    void showsEverythingThatTheRecordHas() throws IOException {
        var run = SmallRun.record();

        var page = ReportPage.of(run);

        for (var id : List.of("accuracy", "steps", "classes", "confusion", "roc", "precision", "kept", "neurons",
                "masks", "histogram", "columns", "sensitivity", "packings", "layers", "latency", "formats",
                "breakeven", "origin")) {
            assertTrue(page.contains("id=\"" + id + "\""), id);
        }
        var ids = Pattern.compile(" id=\"([^\"]*)\"").matcher(withoutLibrary(page)).results()
                .map(match -> match.group(1)).toList();
        assertEquals(ids.size(), new HashSet<>(ids).size(), () -> "an id is there twice: " + ids);
        assertTrue(page.contains("stage &quot;weights&quot;"));
        assertTrue(page.contains(run.fingerprints().get("pruned model")));
    }

    @Test
    void everyFigureHasASentenceAndATableWithRows() throws IOException {
        var run = SmallRun.record();

        for (var section : Section.values()) {
            for (var figure : section.figures(run)) {
                assertTrue(figure.sentence().endsWith("."), figure.sentence());
                assertFalse(figure.sentence().contains("NaN"), figure.sentence());
                assertFalse(figure.table().rows().isEmpty(), figure.id());
                figure.table().rows().forEach(row -> assertEquals(figure.table().head().size(), row.size(),
                        figure.id() + ": " + row));
            }
        }
    }

    @Test
    void leavesOutWhatWasNotMeasured() throws IOException {
        var model = Sequential.of(Linear.of(Tensor.of(Shape.of(2, 2), 1, 0, 0, 1)));
        var nothing = new PruningReport(1, Map.of(), List.of(), List.of(), Optional.empty());

        var page = ReportPage.of(RunRecord.of("almost nothing", model, model, nothing).build());

        assertTrue(page.contains("id=\"masks\""));
        for (var id : List.of("accuracy", "confusion", "sensitivity", "latency", "training")) {
            assertFalse(page.contains("id=\"" + id + "\""), id);
        }
    }

    @Test
    void namesFromDataAreTextAndNeverHtml() throws IOException {
        var model = Sequential.of(Linear.of(Tensor.of(Shape.of(2, 2), 1, 0, 0, 1)));
        var samples = Dataset.of(Tensor.of(Shape.of(2, 2), 1, 2, 2, 1), Labels.of(0, 1));
        var nothing = new PruningReport(1, Map.of(), List.of(), List.of(), Optional.empty());

        var page = ReportPage.of(RunRecord.of(EVIL, model, model, nothing)
                .data(EVIL, samples, samples)
                .classes(List.of(EVIL, "b"))
                .build());

        assertFalse(page.contains("<img src=x"), "an element from data");
        assertFalse(page.contains("<script>alert"), "a program from data");
        assertEquals(3, page.split("</script").length - 1, "only the page's own scripts end");
    }

    @Test
    void needsNoNetwork() throws IOException {
        var page = withoutLibrary(ReportPage.of(SmallRun.record()));

        assertTrue(page.contains("default-src 'none'; img-src data:;"));
        assertFalse(page.contains("http:") || page.contains("https:") || page.contains("url("), "an address");
    }

    @Test
    void everyColorAndFormatOfAnOptionIsKnownToThePage() throws IOException {
        var run = SmallRun.record();
        var page = ReportPage.of(run);
        var words = new ArrayList<String>();
        for (var section : Section.values()) {
            section.figures(run).forEach(figure -> {
                if (figure.drawing() instanceof Figure.Drawing.Chart chart) {
                    collect(chart.option(), words);
                }
            });
        }

        assertTrue(words.contains("$dense") && words.contains("@micros"), words.toString());
        for (var word : words) {
            var there = word.startsWith("$") ? "--" + word.substring(1) + ":" : "\n        " + word.substring(1) + ":";
            assertTrue(page.contains(there) || page.contains("\n    " + word.substring(1) + ":"), word);
        }
    }

    private static void collect(Json json, List<String> words) {
        switch (json) {
            case Json.Obj(Map<String, Json> members) -> members.values().forEach(value -> collect(value, words));
            case Json.Arr(List<Json> items) -> items.forEach(item -> collect(item, words));
            case Json.Str(String text) when text.startsWith("$") || text.startsWith("@") -> words.add(text);
            default -> {}
        }
    }

    /** The page with its third script, the library, taken out. */
    private static String withoutLibrary(String page) {
        int from = page.indexOf("<script>") + "<script>".length();
        return page.substring(0, from) + page.substring(page.indexOf("</script>", from));
    }
}
