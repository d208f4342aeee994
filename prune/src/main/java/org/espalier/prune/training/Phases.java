package org.espalier.prune.training;

import org.espalier.nn.Layer;
import org.espalier.nn.train.Listener;
import org.espalier.nn.train.TrainingEvent;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Amount;
import org.espalier.prune.sparsity.Goal;

/**
 * Whole epochs that are sparse or dense by turns. Where a sparse phase begins the least |w| go; where a dense one
 * begins the masks are again those that training began with; regrown weights start at zero with zero moments.
 */
final class Phases implements Listener {
    /** Whether an epoch, counted from 0, is sparse. */
    interface Timetable {
        boolean isSparse(int epoch, int epochs);
    }

    private final MaskedWeights ground;
    private final Goal goal;
    private final Allocation allocation;
    private final Timetable timetable;
    private int epochs;

    private Phases(MaskedWeights ground, double sparsity, Allocation allocation, Timetable timetable) {
        this.ground = ground;
        this.goal = Goal.of(Amount.sparsity(sparsity));
        this.allocation = allocation;
        this.timetable = timetable;
    }

    static TrainingResult train(
            Layer model, TrainingSetup training, String text, double sparsity, Allocation allocation,
            Timetable timetable) {
        return TrainingSetup.allOrNothing(model, () -> {
            var ground = MaskedWeights.of(model);
            var ending = new FinalMasks(ground::masks);
            var phases = new Phases(ground, sparsity, allocation, timetable);
            var result = training.fit(model, trainer -> trainer.listen(phases).listen(ending));
            ending.requireFinal(result, text);
            return result;
        });
    }

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.Started started -> {
                epochs = started.epochs();
                if (started.stepsDone() == 0) {
                    enter(0, false);
                }
            }
            case TrainingEvent.EpochEnded ended when ended.record().epoch() < epochs -> {
                int next = ended.record().epoch();
                enter(next, timetable.isSparse(next - 1, epochs));
            }
            default -> {}
        }
    }

    private void enter(int epoch, boolean wasSparse) {
        boolean sparse = timetable.isSparse(epoch, epochs);
        if (sparse && !wasSparse) {
            ground.remove(Magnitude.L1, allocation, goal, 0);
        } else if (!sparse && wasSparse) {
            ground.restore();
        }
    }
}
