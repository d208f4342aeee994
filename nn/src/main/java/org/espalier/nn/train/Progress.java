package org.espalier.nn.train;

import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.espalier.nn.metrics.Metric;

/**
 * Shows the progress of training. On a terminal: a bar with loss, score and the time left, rewritten in place, and a
 * line for every epoch. Elsewhere (a file, a pipe): plain lines, one for every epoch and one every ten seconds within
 * long epochs.
 */
public final class Progress implements Listener {
    private static final long SECOND = 1_000_000_000L;
    private static final long REDRAW = SECOND / 10;
    private static final long PLAIN_PAUSE = 10 * SECOND;
    private static final int BAR = 20;

    private final Appendable out;
    private final boolean rewriting;
    private final LongSupplier clock;
    private TrainingEvent.Started plan;
    private long started;
    private long shown;
    private final Pace pace = new Pace();
    /** Batches before this run's own; −1 until it has any. */
    private int begun;
    private int width;
    private String score = "";

    Progress(Appendable out, boolean rewriting, LongSupplier clock) {
        this.out = out;
        this.rewriting = rewriting;
        this.clock = clock;
    }

    /** Writes to {@code out}, usually {@code System.out}; rewrites lines if the JVM is attached to a terminal. */
    public static Progress to(Appendable out) {
        var console = System.console();
        return to(out, console != null && console.isTerminal());
    }

    /** Writes to {@code out}, rewriting lines or not. */
    public static Progress to(Appendable out, boolean rewriting) {
        return new Progress(out, rewriting, System::nanoTime);
    }

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Started start -> {
                plan = start;
                started = clock.getAsLong();
                shown = started;
                pace.start(started);
                begun = -1;
                score = "";
            }
            case TrainingEvent.Stepped step -> stepped(step);
            case TrainingEvent.EpochEnded end -> epochEnded(end);
            case TrainingEvent.Ended end -> ended(end.result());
            case TrainingEvent.Differentiated _ -> {}
        }
    }

    private void stepped(TrainingEvent.Stepped step) {
        long now = clock.getAsLong();
        if (begun < 0) {
            begun = plan.stepsDone() == 0 ? 0 : done(step) - (step.step() + 1 - plan.stepsDone());
        }
        pace.mark(done(step) - begun, now);
        if (now - shown < (rewriting ? REDRAW : PLAIN_PAUSE)) {
            return;
        }
        shown = now;
        double done = (double) step.batch() / plan.batches();
        var bar = new StringBuilder("[");
        for (int i = 0; i < BAR; i++) {
            bar.append(i < (int) (done * BAR) ? '=' : i == (int) (done * BAR) ? '>' : ' ');
        }
        show(String.format(
                Locale.ROOT,
                "%s %s%3.0f %%  loss %.4f%s%s",
                epochOf(step.epoch()),
                rewriting ? bar.append("] ") : "",
                100 * done,
                step.meanLoss(),
                score,
                left(now, done(step))));
    }

    /**
     * The time per batch over the later half, at least, of those so far: the first ones, before the compiler has
     * warmed up, would spoil the estimate.
     */
    private static final class Pace {
        private int fromBatches;
        private long fromTime;
        private int nextBatches;
        private long nextTime;

        void start(long now) {
            fromBatches = 0;
            fromTime = now;
            nextBatches = 0;
            nextTime = now;
        }

        void mark(int batches, long now) {
            if (batches >= 2 * nextBatches) {
                fromBatches = nextBatches;
                fromTime = nextTime;
                nextBatches = batches;
                nextTime = now;
            }
        }

        double perBatch(int batches, long now) {
            return (double) (now - fromTime) / (batches - fromBatches);
        }
    }

    private int done(TrainingEvent.Stepped step) {
        return (step.epoch() - 1) * plan.batches() + step.batch();
    }

    private String epochOf(int epoch) {
        int digits = Integer.toString(plan.epochs()).length();
        return String.format(Locale.ROOT, "epoch %" + digits + "d/%d", epoch, plan.epochs());
    }

    private String left(long now, int batches) {
        long remaining = (long) plan.epochs() * plan.batches() - batches;
        double each = pace.perBatch(batches - Math.max(0, begun), now);
        return "  " + time(Math.round(each / SECOND * remaining)) + " left";
    }

    private static String time(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    private void epochEnded(TrainingEvent.EpochEnded end) {
        var record = end.record();
        var text = new StringBuilder(epochOf(record.epoch()));
        text.append(String.format(Locale.ROOT, "  loss %.4f", record.trainingLoss()));
        // where the metric is the loss, it is shown once
        boolean scoresLoss = record.score() == record.validationLoss();
        if (!Double.isNaN(record.validationLoss()) && !scoresLoss) {
            text.append(String.format(Locale.ROOT, "  validation loss %.4f", record.validationLoss()));
        }
        plan.metric().ifPresent(metric -> {
            score = (scoresLoss ? "  validation " : "  ") + describe(metric, record.score());
            text.append(score).append(end.best() ? " (best)" : "");
        });
        long now = clock.getAsLong();
        text.append(left(now, record.epoch() * plan.batches()));
        show(text.toString());
        endLine();
        shown = now;
    }

    private static String describe(Metric metric, double value) {
        return metric.name() + " " + metric.format(value);
    }

    private void ended(TrainingResult result) {
        endLine();
        var how = switch (result.ending()) {
            case COMPLETED -> "done";
            case STOPPED_EARLY -> "stopped early";
            case INTERRUPTED -> "interrupted";
        };
        var best = result.best().map(record -> outcome(record, result)).orElse("");
        long seconds = (clock.getAsLong() - started) / SECOND;
        show(how + " after " + result.steps() + " steps, " + time(seconds) + best);
        endLine();
    }

    /** The best epoch, and which epoch the model is of where that is another. */
    private String outcome(EpochRecord best, TrainingResult result) {
        var metric = plan.metric().orElseThrow();
        var text = ", best epoch " + best.epoch() + ": " + describe(metric, best.score());
        var last = result.history().getLast();
        if (plan.keepsBest() || last.epoch() == best.epoch()) {
            return text + (plan.keepsBest() ? " (kept)" : "");
        }
        return text + ", last epoch kept: " + describe(metric, last.score());
    }

    /** Writes a line: over the one before if rewriting, with blanks for what was longer. */
    private void show(String line) {
        if (rewriting) {
            write("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
        } else {
            write(line + "\n");
        }
    }

    private void endLine() {
        if (rewriting && width > 0) {
            write("\n");
            width = 0;
        }
    }

    private void write(String text) {
        try {
            out.append(text);
            if (out instanceof Flushable buffered) {
                buffered.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
