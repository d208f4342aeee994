package org.espalier.examples.tool;

import java.io.Flushable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.prune.pipeline.PipelineListener;
import org.espalier.prune.pipeline.Stage;
import org.espalier.prune.pipeline.StageReport;

/**
 * How a whole job gets on: one bar and one estimate of the time left over the training and all stages. On a terminal a
 * line is rewritten, elsewhere there is a line at the end of each part and every ten seconds.
 *
 * <p>The unit is the epoch: all epochs of a job go through the same rows. The estimate takes the pace of the later half
 * of what is done, since the first epochs run before the compiler has warmed up, and sparse ones are faster.
 */
final class JobProgress implements Listener, PipelineListener {
    private static final long SECOND = 1_000_000_000L;
    private static final long REDRAW = SECOND / 10;
    private static final long PAUSE = 10 * SECOND;
    private static final int BAR = 20;
    private static final int USUAL_WIDTH = 80;

    private final Appendable out;
    private final boolean rewriting;
    private final int width;
    private final LongSupplier clock;

    private final Deque<Stage> coming = new ArrayDeque<>();
    private int planned;
    private int retraining;
    private String part = "";
    private double done;
    private double stageStart;
    private int stagePlanned;
    private TrainingEvent.Started run;
    private double runStart;

    private long shown;
    private double paceFrom;
    private long paceFromTime;
    private double paceNext;
    private long paceNextTime;
    private int shownWidth;

    JobProgress(Appendable out, boolean rewriting, int width, LongSupplier clock) {
        this.out = out;
        this.rewriting = rewriting;
        this.width = width;
        this.clock = clock;
    }

    /** Progress on the error stream; nothing if the command is to be quiet. */
    static JobProgress of(Output output) {
        var console = System.console();
        boolean terminal = console != null && console.isTerminal();
        return output.isQuiet()
                ? new JobProgress(new StringBuilder(0), false, USUAL_WIDTH, () -> 0)
                : new JobProgress(output.err(), terminal, columns(), System::nanoTime);
    }

    private static int columns() {
        var columns = System.getenv("COLUMNS");
        return columns != null && columns.matches("\\d{2,4}") ? Integer.parseInt(columns) : USUAL_WIDTH;
    }

    /** Expects a training of this many epochs. */
    JobProgress training(int epochs) {
        planned += epochs;
        return this;
    }

    /** Expects these stages, unless it expects some, retrained for this many epochs unless they say otherwise. */
    JobProgress stages(List<Stage> stages, int epochs) {
        retraining = epochs;
        if (coming.isEmpty()) {
            coming.addAll(stages);
            stages.forEach(stage -> planned += epochs(stage));
        }
        return this;
    }

    private int epochs(Stage stage) {
        return (stage.steps() - 1) * stage.epochsBetween() + stage.epochs().orElse(retraining);
    }

    /** A part of the job begins. */
    void begin(String name) {
        part = name;
        if (paceNextTime == 0) {
            paceFromTime = clock.getAsLong();
            paceNextTime = paceFromTime;
            shown = paceFromTime;
        }
    }

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Started start -> {
                run = start;
                runStart = done;
                if (start.stepsDone() > 0) {
                    paceNext = done + (double) start.stepsDone() / start.batches();
                    paceFrom = paceNext;
                    paceFromTime = clock.getAsLong();
                    paceNextTime = paceFromTime;
                }
            }
            case TrainingEvent.Stepped step -> {
                done = runStart + step.epoch() - 1 + (double) step.batch() / run.batches();
                show(String.format(Locale.ROOT, "  loss %.4f", step.meanLoss()));
            }
            case TrainingEvent.Ended _ -> done = runStart + run.epochs();
            case TrainingEvent.Differentiated _,TrainingEvent.EpochEnded _ -> {}
        }
    }

    @Override
    public void stageBegins(Stage stage, int index, int stages) {
        begin("stage " + index + "/" + stages + " " + stage.name());
        coming.poll();
        stageStart = done;
        stagePlanned = epochs(stage);
    }

    @Override
    public void stageEnds(StageReport stage) {
        done = stageStart + stagePlanned;
        line(String.format(Locale.ROOT, "%s: %.2f %% of the weights kept%s", part, 100 * stage.total().density(),
                stage.rolledBack() ? ", rolled back" : ""));
    }

    @Override
    public void stageResumed(StageReport stage) {
        planned -= epochs(coming.remove());
        line("stage " + stage.name() + ": taken from the run that was cut off");
    }

    /** The end of the last part. */
    void end() {
        if (shownWidth > 0) {
            write("\r" + " ".repeat(shownWidth) + "\r");
            shownWidth = 0;
        }
    }

    private void show(String what) {
        long now = clock.getAsLong();
        if (done >= 2 * paceNext) {
            paceFrom = paceNext;
            paceFromTime = paceNextTime;
            paceNext = done;
            paceNextTime = now;
        }
        if (now - shown < (rewriting ? REDRAW : PAUSE)) {
            return;
        }
        shown = now;
        double share = Math.min(1, done / Math.max(1, planned));
        double each = (now - paceFromTime) / Math.max(1e-9, done - paceFrom);
        var text = String.format(Locale.ROOT, "%s%3.0f %%  %s%s  %s left", rewriting ? bar(share) : "", 100 * share,
                part, what, time(Math.round(each / SECOND * Math.max(0, planned - done))));
        if (rewriting) {
            var fitting = text.length() < width ? text : text.substring(0, width - 1);
            write("\r" + fitting + " ".repeat(Math.max(0, shownWidth - fitting.length())));
            shownWidth = fitting.length();
        } else {
            write(text + "\n");
        }
    }

    private static String bar(double share) {
        int full = (int) (share * BAR);
        return "[" + "=".repeat(full) + " ".repeat(BAR - full) + "] ";
    }

    private void line(String text) {
        end();
        write(text + "\n");
    }

    private static String time(long seconds) {
        return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
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
