package org.espalier.prune.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.nn.Parameter;
import org.espalier.prune.criterion.BlockCriterion;
import org.espalier.prune.graph.DependencyGraph;
import org.espalier.prune.notation.Default;
import org.espalier.prune.notation.Notation;

/**
 * A stage that removes whole residual blocks, one in each step: the one that matters least with those before it gone.
 * Its parameters are masked, so that it adds nothing and {@link org.espalier.prune.graph.Shrink} takes it out. The
 * report tells the score of each block that went.
 *
 * @param name what it is called in reports and errors
 * @param criterion which blocks matter
 * @param blocks how many go, at least 1
 * @param policy how the model recovers
 */
@Notation("depth")
public record DepthStage(String name, @Default("block influence") BlockCriterion criterion, @Default("1") int blocks,
        RetrainingPolicy policy)
        implements Stage {
    /** Checks the name and the number. */
    public DepthStage {
        RecipeText.requireName(name);
        if (blocks < 1) {
            throw new IllegalArgumentException("a stage of depth removes at least one block, not " + blocks);
        }
    }

    @Override
    public DepthStage policy(RetrainingPolicy policy) {
        return new DepthStage(name, criterion, blocks, policy);
    }

    @Override
    public int steps() {
        return blocks;
    }

    @Override
    public String description() {
        return criterion.text() + " | " + blocks + (blocks == 1 ? " block" : " blocks");
    }

    StageWork begin(StageContext context) {
        return new Work(this, context);
    }

    private static final class Work implements StageWork {
        private final DepthStage stage;
        private final StageContext context;
        private final List<String> all;
        private final List<StageFact> gone = new ArrayList<>();

        Work(DepthStage stage, StageContext context) {
            this.stage = stage;
            this.context = context;
            all = DependencyGraph.of(context.model()).blocks();
            if (left().size() < stage.blocks) {
                throw new IllegalArgumentException("there are " + left().size() + " residual blocks left, so "
                        + stage.blocks + " cannot be removed");
            }
        }

        /** Blocks that still do something and do not stand in one that does not. */
        private List<String> left() {
            return all.stream().filter(block -> !isGone(block)).toList();
        }

        private boolean isGone(String block) {
            var prefix = block.isEmpty() ? "" : block + ".";
            return context.model().parameters().entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(prefix))
                    .map(Map.Entry::getValue)
                    .filter(Parameter::isTrainable)
                    .allMatch(parameter -> parameter.kept() == 0);
        }

        @Override
        public Done step(int step, long seed) {
            var blocks = left();
            if (blocks.isEmpty()) {
                throw new IllegalArgumentException("no residual block is left: those around others took them along");
            }
            var scores = stage.criterion.scores(
                    new BlockCriterion.Context(
                            context.model(), context.calibration(), context.measures()),
                    blocks);
            var least = blocks.getFirst();
            for (var block : blocks) {
                if (Double.isNaN(scores.get(block))) {
                    throw new IllegalArgumentException(
                            stage.criterion.text() + ": the score of block '" + block + "' is not a number");
                }
                least = scores.get(block) < scores.get(least) ? block : least;
            }
            DependencyGraph.of(context.model()).maskBlock(least);
            gone.add(new StageFact(least, stage.criterion.text(), scores.get(least)));
            return new Done(all.size(), all.size() - left().size(), Optional.empty());
        }

        @Override
        public List<StageFact> facts() {
            return List.copyOf(gone);
        }
    }
}
