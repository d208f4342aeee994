package org.espalier.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.espalier.nn.loss.Loss;
import org.espalier.nn.metrics.Metric;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringBuilder out = new StringBuilder();
    private long seconds;

    private Progress progress(boolean rewriting, Metric metric) {
        var progress = new Progress(out, rewriting, () -> seconds * 1_000_000_000L);
        progress.on(new TrainingEvent.Started(12, 10, 0, Optional.ofNullable(metric), false));
        return progress;
    }

    private static TrainingEvent.EpochEnded epoch(int number, double validationLoss, double score, boolean best) {
        return new TrainingEvent.EpochEnded(new EpochRecord(number, 0.1f, 0.5, validationLoss, score), best);
    }

    @Test
    void aPipeGetsALinePerEpochWithTheTimeLeft() {
        var progress = progress(false, Metric.accuracy());
        progress.on(new TrainingEvent.Stepped(1, 5, 4, 0.7));
        seconds = 8;
        progress.on(epoch(1, 0.25, 0.9876, true));
        seconds = 16;
        progress.on(epoch(2, 0.3, 0.95, false));
        assertEquals(
                """
                epoch  1/12  loss 0.5000  validation loss 0.2500  accuracy 98.76 % (best)  1:28 left
                epoch  2/12  loss 0.5000  validation loss 0.3000  accuracy 95.00 %  1:20 left
                """,
                out.toString());
    }

    @Test
    void aMetricThatIsTheLossIsShownOnce() {
        var progress = progress(false, Metric.loss(Loss.meanSquaredError()));
        seconds = 8;
        progress.on(epoch(1, 0.25, 0.25, true));
        assertEquals("epoch  1/12  loss 0.5000  validation loss 0.2500 (best)  1:28 left\n", out.toString());
    }

    @Test
    void aLongEpochShowsThatItGoesOn() {
        var progress = progress(false, null);
        seconds = 9;
        progress.on(new TrainingEvent.Stepped(1, 1, 0, 0.7));
        seconds = 400;
        progress.on(new TrainingEvent.Stepped(1, 2, 1, 0.6));
        progress.on(new TrainingEvent.Stepped(1, 3, 2, 0.5));
        assertEquals("epoch  1/12  20 %  loss 0.6000  12:48:58 left\n", out.toString());
    }

    @Test
    void aTerminalGetsABarThatIsRewritten() {
        var progress = progress(true, Metric.accuracy());
        seconds = 2;
        progress.on(new TrainingEvent.Stepped(1, 5, 4, 0.7));
        seconds = 3;
        progress.on(epoch(1, Double.NaN, 0.5, false));
        seconds = 4;
        progress.on(new TrainingEvent.Stepped(2, 1, 10, 0.6));
        var lines = out.toString().split("[\r\n]+");
        assertEquals("epoch  1/12 [==========>         ]  50 %  loss 0.7000  0:46 left", lines[1]);
        assertEquals("epoch  1/12  loss 0.5000  accuracy 50.00 %  0:33 left", lines[2].stripTrailing());
        assertEquals(lines[1].length(), lines[2].length(), "blanks cover the longer line");
        assertEquals("epoch  2/12 [==>                 ]  10 %  loss 0.6000  accuracy 50.00 %  0:36 left", lines[3]);
        assertEquals(3, out.chars().filter(c -> c == '\r').count());
        assertEquals(1, out.chars().filter(c -> c == '\n').count());
    }

    @Test
    void theEndIsToldWithTheBestEpoch() {
        var progress = progress(false, Metric.loss(Loss.meanSquaredError()));
        seconds = 61;
        var best = new EpochRecord(1, 0.1f, 0.5, 0.25, 0.25);
        progress.on(new TrainingEvent.Ended(
                new TrainingResult(List.of(best), 1, 10, TrainingResult.Ending.STOPPED_EARLY)));
        assertEquals("stopped early after 10 steps, 1:01, best epoch 1: loss 0.2500\n", out.toString());
    }

    @Test
    void aResumedRunEstimatesFromItsOwnSteps() {
        var progress = new Progress(out, false, () -> seconds * 1_000_000_000L);
        progress.on(new TrainingEvent.Started(2, 10, 10, Optional.empty(), false));
        seconds = 20;
        progress.on(new TrainingEvent.Stepped(2, 5, 14, 0.5));
        assertEquals("epoch 2/2  50 %  loss 0.5000  0:20 left\n", out.toString());
    }

    @Test
    void aSlowStartDoesNotSpoilTheEstimate() {
        var progress = progress(false, null);
        seconds = 60;
        progress.on(new TrainingEvent.Stepped(1, 1, 0, 0.5));
        for (int step = 1; step < 10; step++) {
            seconds += 2;
            progress.on(new TrainingEvent.Stepped(1, step + 1, step, 0.5));
        }
        out.setLength(0);
        progress.on(epoch(1, Double.NaN, Double.NaN, false));
        assertEquals("epoch  1/12  loss 0.5000  3:40 left\n", out.toString()); // 110 steps of 2 seconds
    }

    @Test
    void aStreamIsFlushedSoThatTheBarIsSeen() {
        var bytes = new ByteArrayOutputStream();
        var buffered = new PrintStream(bytes, false, StandardCharsets.UTF_8);
        var progress = Progress.to(buffered, false);
        progress.on(new TrainingEvent.Started(1, 1, 0, Optional.empty(), false));
        progress.on(epoch(1, Double.NaN, Double.NaN, false));
        assertTrue(bytes.toString(StandardCharsets.UTF_8).startsWith("epoch 1/1  loss 0.5000"));
    }

    @Test
    void aBrokenOutputIsAnError() {
        var progress = Progress.to(new Broken());
        progress.on(new TrainingEvent.Started(1, 1, 0, Optional.empty(), false));
        assertThrows(UncheckedIOException.class, () -> progress.on(epoch(1, 1, 1, false)));
    }

    private static final class Broken implements Appendable {
        @Override
        public Appendable append(CharSequence text) throws IOException {
            throw new IOException("no paper");
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            throw new IOException("no paper");
        }

        @Override
        public Appendable append(char c) throws IOException {
            throw new IOException("no paper");
        }
    }

    @Test
    void theEndSaysWhichEpochIsKept() {
        var first = new EpochRecord(1, 0.1f, 0.5, 0.25, 0.9);
        var last = new EpochRecord(2, 0.1f, 0.4, 0.3, 0.8);
        var result = new TrainingResult(List.of(first, last), 1, 10, TrainingResult.Ending.COMPLETED);
        for (boolean keepsBest : new boolean[] {false, true}) {
            var progress = new Progress(out, false, () -> seconds * 1_000_000_000L);
            progress.on(new TrainingEvent.Started(2, 5, 0, Optional.of(Metric.accuracy()), keepsBest));
            progress.on(new TrainingEvent.Ended(result));
        }
        assertEquals(
                """
                done after 10 steps, 0:00, best epoch 1: accuracy 90.00 %, last epoch kept: accuracy 80.00 %
                done after 10 steps, 0:00, best epoch 1: accuracy 90.00 % (kept)
                """,
                out.toString());
    }
}
