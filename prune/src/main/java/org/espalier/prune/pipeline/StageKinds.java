package org.espalier.prune.pipeline;

import java.util.List;

/** The kinds of stages. The first one need not be named in a recipe. */
final class StageKinds {
    private static final List<StageKind<?>> ALL = List.of(
            new StageKind<>(
                    "pruning", PruningStage.class, PruningStage::begin, PruningStage::choices, PruningStage::read),
            new StageKind<>(
                    "reconstruction",
                    ReconstructionStage.class,
                    ReconstructionStage::begin,
                    ReconstructionStage::choices,
                    ReconstructionStage::read),
            new StageKind<>("depth", DepthStage.class, DepthStage::begin, DepthStage::choices, DepthStage::read),
            new StageKind<>(
                    "training", TrainingStage.class, TrainingStage::begin, TrainingStage::choices, TrainingStage::read),
            new StageKind<>(
                    "quantization",
                    QuantizationStage.class,
                    QuantizationStage::begin,
                    QuantizationStage::choices,
                    QuantizationStage::read),
            new StageKind<>("deploy", DeployStage.class, DeployStage::begin, DeployStage::choices, DeployStage::read));

    private StageKinds() {}

    /** All of them. */
    static List<StageKind<?>> all() {
        return ALL;
    }

    /** The kind of a stage that does not say it. */
    static StageKind<?> usual() {
        return ALL.getFirst();
    }

    /** The kind of a stage. */
    static StageKind<?> of(Stage stage) {
        return ALL.stream().filter(kind -> kind.type().isInstance(stage)).findFirst().orElseThrow();
    }

    /** The kind with this word; throws {@link IllegalArgumentException} if there is none. */
    static StageKind<?> parse(String word) {
        return ALL.stream()
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of stage is called '" + word + "'; there are "
                        + String.join(", ", ALL.stream().map(StageKind::word).toList())));
    }
}
