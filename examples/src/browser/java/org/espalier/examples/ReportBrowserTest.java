package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.examples.report.RunRecord;
import org.espalier.examples.report.SmallRun;
import org.espalier.examples.report.page.ReportPage;
import org.espalier.nn.Labels;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.data.Dataset;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The report in a real browser. {@code -Dreport.run=run.json} shows another run than a small one. */
class ReportBrowserTest {
    private static final Path PICTURES = Path.of(System.getProperty("basedir", ""), "target", "browser");
    private static final String DRAWN = "[...document.querySelectorAll('.chart')].every(chart => "
            + "chart.querySelector('svg path, svg rect, svg polyline') "
            + "&& Math.abs(chart.querySelector('svg').getBoundingClientRect().width - chart.clientWidth) < 2)";

    @TempDir
    private static Path folder;

    private static Browser browser;
    private static Path page;

    @BeforeAll
    static void open() throws IOException {
        var given = System.getProperty("report.run");
        page = folder.resolve("report.html");
        ReportPage.write(given == null ? SmallRun.record() : RunRecord.read(Path.of(given)), page);
        browser = Browser.start();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    private static void show(Path file, boolean dark, int width) {
        browser.look(dark, width, 900);
        browser.open(file.toUri());
        browser.await(DRAWN);
    }

    @Test
    void everyChartIsDrawnWithoutAComplaintAndWithoutANetwork() {
        show(page, false, 1280);

        assertEquals(List.of(), browser.complaints());
        assertTrue(browser.all(".chart svg").size() >= 10);
        assertEquals((long) browser.all("figure").size(), browser.run(
                "return [...document.querySelectorAll('figure')].filter(f =>"
                        + " f.querySelector('.chart[aria-label], img[alt]') && f.querySelector('figcaption').textContent && f.querySelector('td')).length"));
        assertEquals(0L, browser.run("return performance.getEntriesByType('resource')"
                + ".filter(entry => !entry.name.startsWith('data:')).length"));
    }

    @Test
    void hasNoSeriousBarriersLightOrDarkWideOrNarrow() throws IOException {
        for (boolean dark : new boolean[] {false, true}) {
            for (int width : new int[] {1280, 390}) {
                show(page, dark, width);
                assertEquals(List.of(), browser.barriers(), "dark: " + dark + ", width: " + width);
                var name = "report-" + (dark ? "dark" : "light") + (width < 600 ? "-phone" : "") + ".png";
                browser.picture(PICTURES.resolve(name), width < 600 ? 2400 : 1500);
                assertEquals(0L, ((Number) browser.run("return document.documentElement.scrollWidth"
                        + " - document.documentElement.clientWidth")).longValue(), name + " scrolls sideways");
            }
        }
    }

    @Test
    void theColorsFollowTheSystemWhileThePageIsOpen() {
        show(page, false, 1280);
        var color = "return getComputedStyle(document.querySelector('.chart svg text')).fill";
        var light = browser.run(color);

        browser.look(true, 1280, 900);
        browser.await(DRAWN);

        browser.await("getComputedStyle(document.querySelector('.chart svg text')).fill !== '" + light + "'");
    }

    @Test
    void keysWalkOverThePointsOfAChart() {
        show(page, false, 1280);
        var chart = browser.all(".chart").getFirst();

        chart.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);

        browser.await("document.querySelector('.chart').textContent.includes('after retraining')"
                + " && [...document.querySelectorAll('.chart > div')].some(tip => tip.textContent.includes('%'))");
        browser.all("figure summary").getFirst().sendKeys(Keys.ENTER);
        assertEquals(true, browser.run("return document.querySelector('figure details').open"));
    }

    @Test
    void namesFromDataAreTextInChartsAndTooltips() throws IOException {
        var evil = "<img src=x onerror=\"document.title='taken over'\">";
        var model = Sequential.of(Linear.of(Tensor.of(Shape.of(2, 2), 1, 0, 0, 1)));
        var samples = Dataset.of(Tensor.of(Shape.of(3, 2), 1, 2, 2, 1, 3, 1), Labels.of(0, 1, 0));
        var nothing = new PruningReport(1, Map.of(), List.of(), List.of(), Optional.empty());
        var file = folder.resolve("evil.html");
        ReportPage.write(RunRecord.of(evil, model, model, nothing).data(evil, samples, samples)
                .classes(List.of(evil, "b")).packings("gaps f32").build(), file);

        show(file, false, 1280);
        for (var chart : browser.all(".chart")) {
            chart.sendKeys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.ARROW_LEFT);
        }

        assertEquals(List.of(), browser.complaints());
        assertEquals(0, browser.all("img[src=x]").size());
        assertEquals(evil, browser.run("return document.title"));
    }
}
