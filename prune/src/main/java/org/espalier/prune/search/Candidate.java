package org.espalier.prune.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.espalier.compressed.Packing;
import org.espalier.io.FormatException;
import org.espalier.nn.loss.Task;
import org.espalier.prune.Pruner;
import org.espalier.prune.Structured;
import org.espalier.prune.Unstructured;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.pipeline.PruningStage;
import org.espalier.prune.pipeline.Recipe;
import org.espalier.prune.pipeline.Stage;
import org.espalier.prune.pipeline.TrainingStage;
import org.espalier.prune.sparsity.Allocation;
import org.espalier.prune.sparsity.Resource;
import org.espalier.prune.sparsity.SparsitySchedule;
import org.espalier.prune.training.GradualPruning;
import org.espalier.prune.training.RigL;
import org.espalier.prune.training.SparseTraining;

/**
 * A way of pruning that leaves open how much: criterion, allocation, schedule and moving masks are in its stages, with
 * distillation and rounding beside them.
 *
 * @param name letters, digits and hyphens; runs in a directory are named after it
 * @param distilled whether retraining imitates the dense model, by knowledge distillation; for classes only
 * @param packing the form of the weights in the file, such as {@code gaps int8}, which rounds them; if empty, the
 *     smallest lossless one
 * @param stages the stages for a sparsity
 */
public record Candidate(
        String name, boolean distilled, Optional<String> packing, DoubleFunction<List<Stage>> stages) {
    /** Checks the name and the packing; throws {@link IllegalArgumentException}. */
    public Candidate {
        if (!name.matches("[A-Za-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "a candidate's name has letters, digits and hyphens, not '" + name + "'");
        }
        packing.ifPresent(Candidate::parse);
    }

    /** A pruner in the steps of its schedule, with retraining after each. */
    public static Candidate of(String name, Pruner pruner) {
        return new Candidate(
                name, false, Optional.empty(), sparsity -> List.of(Stage.of("weights", pruner.sparsity(sparsity))));
    }

    /** Masks that move within one training. */
    public static Candidate training(String name, DoubleFunction<SparseTraining> method) {
        return new Candidate(name, false, Optional.empty(),
                sparsity -> List.of(Stage.training("training", method.apply(sparsity))));
    }

    /**
     * The same after removing neurons: as large a share of them as leaves the square root of the density, since a
     * weight goes with either of its ends.
     */
    public Candidate afterNeurons(Criterion criterion) {
        return new Candidate(name, distilled, packing, sparsity -> {
            double share = 1 - Math.sqrt(1 - sparsity);
            var all = new ArrayList<Stage>();
            all.add(Stage.of("neurons", Structured.globalNeurons(criterion).sparsity(Math.rint(share * 1000) / 1000)));
            all.addAll(stages.apply(sparsity));
            return all;
        });
    }

    /** The same under another name. */
    public Candidate named(String name) {
        return new Candidate(name, distilled, packing, stages);
    }

    /** The same with retraining that imitates the dense model. */
    public Candidate distilling() {
        return new Candidate(name, true, packing, stages);
    }

    /**
     * The same with weights rounded to a packing such as {@code gaps int8}.
     *
     * @throws IllegalArgumentException if there is no such packing
     */
    public Candidate packed(String packing) {
        return new Candidate(name, distilled, Optional.of(packing), stages);
    }

    static Packing parse(String packing) {
        try {
            return Packing.parse(packing);
        } catch (FormatException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The recipe for a sparsity and a number of epochs in all: each stage has its part of them, of which up to a half
     * goes between the steps of its schedule.
     *
     * @param sparsity the fraction of the weights to remove
     * @param epochs at least 1
     */
    public Recipe recipe(double sparsity, int epochs) {
        var planned = new ArrayList<Stage>();
        var plain = stages.apply(sparsity);
        int left = epochs;
        for (int i = 0; i < plain.size(); i++) {
            int behind = plain.size() - i;
            // The last stage, which removes most, gets what is left.
            int part = behind == 1 ? left : left / (behind + 1);
            left -= part;
            planned.add(planned(plain.get(i), part));
        }
        return new Recipe(planned);
    }

    private static Stage planned(Stage stage, int epochs) {
        int steps = stage.steps();
        int between = steps == 1 ? 0 : epochs / (2 * steps);
        return switch (stage) {
            case TrainingStage training -> training.epochs(Math.max(1, epochs));
            case PruningStage pruning -> pruning.epochsBetween(between).epochs(epochs - between * (steps - 1));
            default -> stage.epochs(epochs - between * (steps - 1));
        };
    }

    /**
     * What the search tries if it is not told otherwise: those that did best on MNIST first.
     *
     * @param task what the outputs mean; distillation is for classes only
     * @param resource what is to become small: weights are rounded for {@link Resource#BYTES}, neurons removed for
     *     {@link Resource#FLOPS} and {@link Resource#MICROSECONDS}
     */
    public static List<Candidate> portfolio(Task task, Resource resource) {
        var magnitude = Criterion.magnitude();
        var lamp = training("gradual-lamp", sparsity -> gradual(sparsity, Allocation.lamp()));
        var steps = of("steps-normalized",
                Unstructured.globalNormalized(magnitude).schedule(SparsitySchedule.cubic(3)));
        var all = new ArrayList<Candidate>(List.of(
                lamp,
                training("gradual-global", sparsity -> gradual(sparsity, Allocation.global())),
                steps,
                of("steps-lamp", Unstructured.lamp(magnitude).schedule(SparsitySchedule.cubic(5)))));
        if (task == Task.CLASSIFICATION) {
            all.add(lamp.distilling().named("gradual-lamp-distilled"));
        }
        switch (resource) {
            case BYTES -> {
                var rounded = all.stream().map(candidate -> candidate.packed("gaps int8")
                        .named(candidate.name + "-int8")).toList();
                all.retainAll(List.of(lamp, steps));
                all.addAll(rounded);
                all.add(lamp.packed("gaps int4").named("gradual-lamp-int4"));
            }
            case FLOPS, MICROSECONDS -> {
                all.add(lamp.afterNeurons(magnitude).named("neurons-gradual-lamp"));
                all.add(steps.afterNeurons(magnitude).named("neurons-steps"));
            }
            case WEIGHTS, PARAMETERS -> all.add(training("rigl", RigL::sparsity));
        }
        return List.copyOf(all);
    }

    static SparseTraining gradual(double sparsity, Allocation allocation) {
        return new GradualPruning(sparsity, allocation, SparsitySchedule.cubic(20), 0, 0.5);
    }
}
