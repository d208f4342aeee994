package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.pipeline.Recipe;

/**
 * What every command does that prunes: choose the amount, say the plan and its risks, prune, write.
 *
 * @param job what is pruned and how
 * @param pruning what was asked for
 * @param state where it goes on if it was cut off
 * @param output where it is said
 */
record PruneFlow(PruneJob job, PruningOptions pruning, RunState state, Output output) {
    private PruneResult result() {
        return new PruneResult(output, job.files(), job.parts(), job.model(), job.about());
    }

    private Recipe amount(Recipe recipe) throws IOException {
        var budget = pruning.budget();
        return budget.isPresent() ? job.within(budget.get(), recipe) : recipe;
    }

    private boolean isTimed() {
        return pruning.budget().filter(budget -> budget.kind() == Budget.Kind.US).isPresent();
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
        var chosen = amount(recipe);
        PruneJob.Result done;
        if (isTimed()) {
            done = job.runWithin(pruning.budget().orElseThrow(), chosen, progress, output);
        } else {
            result().plan(job.plan(chosen));
            done = job.run(chosen, progress, state);
        }
        var json = result().write(done, trained, timed);
        output.result(() -> json);
        if (!done.unmet().isEmpty()) {
            throw new CheckFailedException(done.unmet());
        }
        var budget = pruning.budget().filter(limit -> limit.kind() == Budget.Kind.BYTES);
        if (budget.isPresent()) {
            long limit = budget.get().limit(job.files().file(job.model(), job.about()).toBytes().length);
            long bytes = Files.size(job.files().path());
            if (bytes > limit) {
                throw new CheckFailedException("the file has " + bytes + " bytes, more than " + limit
                        + ": retraining has moved weights between layers; ask for a little less");
            }
        }
        return Failures.GOOD;
    }
}
