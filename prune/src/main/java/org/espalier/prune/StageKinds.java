package org.espalier.prune;

import java.util.List;
import java.util.SequencedMap;

/** The kinds of stages. The first one need not be named in a recipe. */
final class StageKinds {
    private static final List<StageKind<?>> ALL = List.of(
            new PruningStage.Kind(),
            new ReconstructionStage.Kind(),
            new DepthStage.Kind(),
            new TrainingStage.Kind(),
            new QuantizationStage.Kind(),
            new DeployStage.Kind());

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

    /** Begins a stage. */
    static StageWork begin(Stage stage, StageContext context) {
        return begin(of(stage), stage, context);
    }

    private static <S extends Stage> StageWork begin(StageKind<S> kind, Stage stage, StageContext context) {
        return kind.begin(kind.type().cast(stage), context);
    }

    /** The lines of a stage in a recipe. */
    static SequencedMap<String, String> write(Stage stage) {
        return write(of(stage), stage);
    }

    private static <S extends Stage> SequencedMap<String, String> write(StageKind<S> kind, Stage stage) {
        return kind.write(kind.type().cast(stage));
    }
}
