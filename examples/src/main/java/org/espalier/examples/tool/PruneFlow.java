package org.espalier.examples.tool;

import java.io.IOException;
import java.util.Optional;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.pipeline.Recipe;

/**
 * What every command does that prunes: choose the amount, say the plan and its risks, prune, write.
 *
 * @param job what is pruned and how
 * @param pruning what was asked for
 * @param state where it goes on if it was cut off
 * @param output where it is printed
 */
record PruneFlow(PruneJob job, PruningOptions pruning, RunState state, Output output) {
    /** One fiftieth of a budget is left free at first. */
    private static final int MARGIN = 50;

    private static final int ATTEMPTS = 3;

    private PruneResult result() {
        return new PruneResult(output, job.files(), job.parts(), job.model(), job.about());
    }

    /** The recipe as it is, or with an amount that keeps to the limit. */
    private Recipe amount(Recipe recipe) throws IOException {
        var budget = pruning.budget();
        if (budget.isEmpty()) {
            return recipe;
        }
        return budget.get().kind() == PruneTarget.Kind.BYTES
                ? job.withinBytes(wanted(bytes(budget.get())), recipe)
                : job.within(budget.get(), recipe);
    }

    private long bytes(PruneTarget budget) throws IOException {
        return budget.limit(job.files().file(job.model(), job.about()).toBytes().length);
    }

    /** A little less than the limit, since retraining between steps moves some weights from layer to layer. */
    private static long wanted(long limit) {
        return limit - limit / MARGIN;
    }

    private boolean isTimed() {
        return pruning.budget().filter(budget -> budget.kind() == PruneTarget.Kind.US).isPresent();
    }

    /** Says the plan and does nothing. */
    int plan(Recipe recipe) throws IOException {
        if (isTimed()) {
            output.say("plan      a limit of time is found by measuring, which --dry-run does not do");
            return Failures.GOOD;
        }
        var plan = job.plan(amount(recipe));
        result().plan(plan);
        output.result(() -> result().planJson(plan));
        return Failures.GOOD;
    }

    /** Says what may go wrong before a network is trained; its first weights rank as well as any for that. */
    void warn(Recipe recipe) {
        if (pruning.budget().isEmpty()) {
            result().warn(job.plan(recipe));
        }
    }

    /** Prunes and writes. */
    int run(Recipe recipe, JobProgress progress, Optional<TrainingResult> trained, boolean timed) throws IOException {
        var budget = pruning.budget();
        PruneJob.Result done;
        if (budget.isPresent() && budget.get().kind() == PruneTarget.Kind.US) {
            done = job.runWithin(budget.get(), amount(recipe), progress, output);
        } else if (budget.isPresent() && budget.get().kind() == PruneTarget.Kind.BYTES) {
            done = runWithinBytes(bytes(budget.get()), recipe, progress);
        } else {
            result().plan(job.plan(amount(recipe)));
            done = job.run(amount(recipe), progress, state, 1);
        }
        var json = result().write(done, trained, timed);
        output.result(() -> json);
        if (!done.unmet().isEmpty()) {
            throw new CheckFailedException(done.unmet());
        }
        return Failures.GOOD;
    }

    /** Prunes until the file keeps to the limit: mostly once, and by as much more as it was too large. */
    private PruneJob.Result runWithinBytes(long limit, Recipe recipe, JobProgress progress) throws IOException {
        long wanted = wanted(limit);
        for (int attempt = 1;; attempt++) {
            var chosen = job.withinBytes(wanted, recipe);
            result().plan(job.plan(chosen));
            var done = job.run(chosen, progress, state, attempt);
            long bytes = job.files().file(done.model(), job.about(), done.recipe(), done.report()).toBytes().length;
            if (bytes <= limit) {
                return done;
            }
            if (attempt == ATTEMPTS) {
                return done.unmet("the file has " + bytes + " bytes, more than " + limit + "; ask for a little less");
            }
            output.say("again     the file would have %d bytes, more than %d", bytes, limit);
            wanted -= bytes - limit;
        }
    }
}
