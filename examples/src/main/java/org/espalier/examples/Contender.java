package org.espalier.examples;

import java.util.ArrayList;
import java.util.List;
import org.espalier.nn.Layer;
import org.espalier.prune.Pruner;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.ActivationRate;
import org.espalier.prune.criterion.BatchNormScale;
import org.espalier.prune.criterion.Calibration;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.Fpgm;
import org.espalier.prune.criterion.MovementScore;
import org.espalier.prune.criterion.SynFlow;
import org.espalier.prune.criterion.Wanda;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.secondorder.OptimalBrainCompression;
import org.espalier.prune.secondorder.Reconstruction;
import org.espalier.prune.secondorder.Reconstructor;
import org.espalier.prune.secondorder.SparseGpt;
import org.espalier.prune.sparsity.Floor;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.SparsitySchedule;

/**
 * One row of the {@linkplain CriteriaComparison comparison}: a way to remove a share of the weights in one go.
 *
 * @param name the criterion's own words
 * @param how what is ranked with what
 * @param normed whether it needs a network with batch norms
 * @param cut removes the weights, in place
 */
record Contender(String name, String how, boolean normed, Cut cut) {
    private static final int SYNFLOW_ROUNDS = 100;

    /** What the study lets every layer keep at least, so that no criterion is helped by a floor. */
    private static final Floor ONE = Floor.units(1);

    /** Removes all but this many weights. */
    @FunctionalInterface
    interface Cut {
        void apply(Layer model, Given given);
    }

    /**
     * What a cut may look at.
     *
     * @param sparsity the fraction of weights to remove
     * @param calibration examples with labels
     * @param movement what was recorded while the model was trained on for one epoch
     * @param seed for chance
     */
    record Given(double sparsity, Calibration calibration, MovementScore movement, long seed) {}

    /** Whether training on and recording comes before the cut. */
    boolean moves() {
        return name.equals("movement");
    }

    /** All of them: every criterion, two methods that repair, and magnitude under other allocations. */
    static List<Contender> all() {
        var all = new ArrayList<Contender>();
        for (var criterion : Criterion.all()) {
            all.add(switch (criterion) {
                case Fpgm fpgm -> neurons("neurons, every layer alike", Structured.neurons(fpgm), false);
                case ActivationRate rate -> neurons("neurons, every layer alike", Structured.neurons(rate), false);
                case BatchNormScale scale -> neurons("neurons, global", Structured.globalNeurons(scale), true);
                case SynFlow flow -> new Contender(flow.text(), "weights, global, 100 rounds", false,
                        (model, given) -> Unstructured.global(flow)
                                .floor(ONE)
                                .sparsity(given.sparsity)
                                .schedule(SparsitySchedule.exponential(SYNFLOW_ROUNDS))
                                .applyIteratively(model, given.calibration, given.seed));
                case Wanda wanda -> new Contender(wanda.text(), "weights, by row, layer by layer", false,
                        (model, given) -> Unstructured.perRow(wanda)
                                .sparsity(given.sparsity)
                                .applySequentially(model, given.calibration, given.seed));
                default -> weights(criterion.text(), "weights, global", Unstructured.global(criterion).floor(ONE));
            });
        }
        all.add(new Contender("movement", "weights, global", false, (model, given) -> apply(
                Unstructured.global(given.movement).floor(ONE).sparsity(given.sparsity), model, given)));
        all.add(repair(new SparseGpt()));
        all.add(repair(new OptimalBrainCompression()));
        all.add(weights("magnitude l1", "weights, every layer alike", Unstructured.perLayer(Criterion.magnitude())));
        all.add(weights("magnitude l1", "weights, ERK", Unstructured.erk(Criterion.magnitude())));
        all.add(weights("magnitude l1", "weights, LAMP", Unstructured.lamp(Criterion.magnitude())));
        return List.copyOf(all);
    }

    private static Contender weights(String name, String how, Pruner pruner) {
        return new Contender(name, how, false, (model, given) -> apply(pruner.sparsity(given.sparsity), model, given));
    }

    private static Contender neurons(String how, Pruner pruner, boolean normed) {
        return new Contender(pruner.criterion().text(), how, normed, (model, given) -> {
            long weights = ModelCost.of(model).total().weights();
            long limit = Math.round((1 - given.sparsity) * weights);
            apply(pruner.within(Resource.WEIGHTS, limit), model, given);
        });
    }

    private static Contender repair(Reconstruction method) {
        return new Contender(method.text(), "weights, every layer alike, repaired", false,
                (model, given) -> Reconstructor.of(method, given.sparsity).apply(model, given.calibration));
    }

    private static void apply(Pruner pruner, Layer model, Given given) {
        pruner.plan(model, given.calibration, given.seed).apply();
    }
}
