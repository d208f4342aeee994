package org.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.espalier.nn.Activation;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.deploy.ModelLatency;
import org.espalier.prune.graph.Shrink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one-page demos run and show what they claim to show. */
class DemoTest {
    private interface Demo {
        void run() throws IOException;
    }

    private static String printed(Demo demo) throws IOException {
        var before = System.out;
        var bytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            demo.run();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theWorkedExampleOfAutogradGivesTheDerivativesFoundByHand() throws IOException {
        var text = printed(() -> new AutogradDemo().main());

        assertTrue(text.contains("(t^3)' = 27.0, (t^3)'' = 18.0"), text);
    }

    @Test
    void aTableBecomesASmallFileThatAnswersRawRows(@TempDir Path folder) throws IOException {
        var text = printed(() -> new TableDemo().main(folder.toString()));

        assertTrue(text.contains("\"outcome\":\"good\"") && text.contains("\"outcome\":\"bad\""), text);
        var report = java.nio.file.Files.readString(folder.resolve("credit-report.html"));
        assertTrue(report.contains("id=\"accuracy\"") && report.contains("Dense beside pruned over 5 seeds"));
        // a fifth of 3,488 weights, 4 bytes each, and what names and levels take
        assertTrue(java.nio.file.Files.size(folder.resolve("credit.safetensors")) < 8_000, text);
    }

    @Test
    void theStagesOfTheArticleKeepWhatHalfOfEachLayerMeans() throws IOException {
        var text = printed(() -> new ArticleStagesDemo().main());

        // Half of 5, 3 and 3 units, halves to even: 2 neurons, 2 neurons and 2 inputs go.
        assertTrue(text.contains("fc1.bias keeps 3 of 5"), text);
        assertTrue(text.contains("fc2.bias keeps 1 of 3"), text);
        assertTrue(text.contains("fc3.weight keeps 1 of 3"), text);
    }

    @Test
    void theThresholdOfTheArticleRemovesStarvedRowsAndKeepsTheLossLow() throws IOException {
        var text = printed(() -> new ArticleThresholdDemo().main());
        var loss = text.lines().filter(line -> line.startsWith("test loss, pruned:")).findFirst().orElseThrow();

        assertTrue(Double.parseDouble(loss.substring(loss.indexOf(':') + 1)) < 1e-3, text);
        assertTrue(text.contains("fc1 = Linear(10 → 4)"), text);
    }

    @Test
    void roundingLayerByLayerKeepsWhatPruningLeftAndMostOfTheLoss() throws IOException {
        var text = printed(() -> new ArticleQuantizationDemo().main());
        var stage = text.lines().filter(line -> line.startsWith("4 bits")).findFirst().orElseThrow();
        var losses = stage.strip().split(" +");

        // Half of the 50 + 15 + 3 weights.
        assertEquals("34", losses[2], text);
        double before = Double.parseDouble(losses[6]);
        double after = Double.parseDouble(losses[8]);
        assertTrue(before < 0.01 && after < 0.1, text);
        var errors = text.lines().filter(line -> line.contains("in 4 bits: error")).toList();
        assertEquals(3, errors.size(), text);
        // fc2, whose inputs are alike, is worth repairing.
        var words = errors.get(1).split(" ");
        double nearest = Double.parseDouble(words[words.length - 7]);
        assertTrue(Double.parseDouble(words[words.length - 2]) < 0.8 * nearest, text);
    }

    @Test
    void theBundledDigitsAreAllOfMnist() throws IOException {
        var data = MnistData.load(null, 1);

        assertEquals(55_000, data.train().size());
        assertEquals(5_000, data.validation().size());
        assertEquals(10_000, data.test().size());
    }

    @Test
    void aFolderWithoutDigitsIsSaidInASentence(@TempDir Path empty) {
        var complaints = new StringWriter();
        int code = MnistDemo.commandLine()
                .setErr(new PrintWriter(complaints, true))
                .execute("--data", empty.toString(), "--out", empty.resolve("out").toString());

        assertEquals(1, code);
        assertTrue(complaints.toString().startsWith("mnist: there is no file "), complaints.toString());
        assertEquals(1, complaints.toString().lines().count(), complaints.toString());
    }

    @Test
    void timesAreSaidInMillisecondsAndAsARatio() {
        var speed = new MnistSpeed(new ModelLatency("here", 128, 400, 410), new ModelLatency("here", 128, 100, 110));

        assertEquals("128 rows in a call: dense 0.4000 ms, pruned 0.1000 ms, 4.0 times as fast", speed.text());
    }

    @Test
    void aShrunkModelReadsRealDigitsAsTheMaskedOneDoes() throws IOException {
        var images = MnistData.load(null, 1).test().range(0, 500).inputs();
        var model = Sequential.of(
                Linear.of(784, 300), Activation.relu(), Linear.of(300, 100), Activation.relu(), Linear.of(100, 10));
        model.initialize(Init.heNormal(), 5);
        Structured.globalNeurons(Magnitude.L2).sparsity(0.4).plan(model).apply();
        Unstructured.global(Magnitude.L1).sparsity(0.98).plan(model).apply();

        var shrunk = Shrink.of(model).model();
        float[] masked = model.forward(images).toArray();
        float[] smaller = shrunk.forward(images).toArray();

        assertTrue(ModelCost.of(shrunk).total().weights() < 0.75 * ModelCost.of(model).total().weights());
        for (int i = 0; i < masked.length; i++) {
            assertEquals(masked[i], smaller[i], 1e-5 * (1 + Math.abs(masked[i])), "logit " + i);
        }
    }
}
