package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.examples.report.SmallRun;
import org.espalier.examples.serve.Service;
import org.espalier.examples.serve.ServiceOptions;
import org.espalier.nn.Activation;
import org.espalier.nn.Layers;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.optim.Optimizer;
import org.espalier.nn.train.Trainer;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of the service in a real browser: a digit to draw, a form to fill. */
class ServiceBrowserTest {
    private static final Path PICTURES = Path.of(System.getProperty("basedir", ""), "target", "browser");

    @TempDir
    private static Path folder;

    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void close() {
        browser.close();
    }

    private static Service digits() throws IOException {
        var data = MnistData.pixels(null, 1);
        var some = data.train().subset(IntStream.range(0, 10_000).toArray());
        var model = Sequential.of(Linear.of(784, 64), Activation.relu(), Linear.of(64, 10));
        var trainer = Trainer.of(model, Loss.crossEntropy(), Optimizer.adam(2e-3f)).batchSize(50).epochs(3);
        trainer.fit(some);
        ModelFile.of(model).write(folder.resolve("dense.safetensors"));
        var pruned = Layers.copy(model);
        Unstructured.global(Criterion.magnitude()).sparsity(0.9).plan(pruned).apply();
        trainer.model(pruned).fit(some);
        ModelFile.of(pruned).write(folder.resolve("pruned.safetensors"));
        return Service.start(folder.resolve("pruned.safetensors"), folder.resolve("dense.safetensors"),
                ServiceOptions.onPort(0));
    }

    @Test
    void aDigitIsDrawnAndReadByBothModels() throws IOException {
        try (var service = digits()) {
            int right = 0;
            for (boolean dark : new boolean[] {false, true}) {
                for (int width : new int[] {1100, 390}) {
                    browser.look(dark, width, 900);
                    browser.open(URI.create(service.address().toString()));
                    browser.await("document.querySelector('canvas.draw') !== null");
                    for (var sample : browser.all("[aria-label='samples'] button").subList(0, 10)) {
                        right += answer(sample) ? 1 : 0;
                    }
                    answer(browser.all("[aria-label='samples'] button").get(3));
                    assertEquals(List.of(), browser.complaints());
                    assertEquals(List.of(), browser.barriers(), "dark: " + dark + ", width: " + width);
                    browser.picture(PICTURES.resolve("digit-" + (dark ? "dark" : "light")
                            + (width < 600 ? "-phone" : "") + ".png"), width < 600 ? 1900 : 780);
                }
            }
            // ten samples on four pages; a small network may misread one of them
            assertTrue(right >= 32, right + " of 40 samples are right");
        }
    }

    private static boolean answer(WebElement sample) {
        browser.run("document.getElementById('modelAnswer').textContent = ''");
        sample.click();
        browser.await("document.getElementById('modelAnswer').textContent !== ''"
                + " && document.getElementById('besideAnswer').textContent !== ''");
        return browser.run("return document.getElementById('modelAnswer').textContent").equals(sample.getText());
    }

    @Test
    void aFormIsFilledByKeyboardAndAnswered() throws IOException {
        var run = new SmallRun(1);
        var file = folder.resolve("credit.safetensors");
        run.schema().file(run.pruned()).write(file);
        try (var service = Service.start(file, null, ServiceOptions.onPort(0))) {
            browser.look(false, 1100, 900);
            browser.open(URI.create(service.address().toString()));
            browser.await("document.querySelectorAll('#modelBars tr').length === 2");
            var before = browser.run("return document.getElementById('modelBars').textContent");

            // A number in every field: some column matters to the pruned model.
            for (var field : browser.all("#input input")) {
                field.sendKeys(Keys.chord(Keys.CONTROL, "a"), "48");
            }

            browser.await("document.getElementById('modelBars').textContent !== '" + before + "'");
            assertEquals(List.of(), browser.complaints());
            assertEquals(List.of(), browser.barriers());
            browser.picture(PICTURES.resolve("form-light.png"), 780);
            browser.look(true, 390, 900);
            assertEquals(List.of(), browser.barriers());
            browser.picture(PICTURES.resolve("form-dark-phone.png"), 1500);
        }
    }
}
