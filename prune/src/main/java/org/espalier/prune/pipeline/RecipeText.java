package org.espalier.prune.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Recipes as text: a line that names a stage, then a line for each choice. */
final class RecipeText {
    private RecipeText() {}

    static String write(Recipe recipe) {
        var text = new StringBuilder();
        for (var stage : recipe.stages()) {
            text.append("stage \"").append(stage.name()).append("\"\n");
            var kind = StageKinds.of(stage);
            if (kind != StageKinds.usual()) {
                line(text, "kind", kind.word());
            }
            kind.write(stage).forEach((key, value) -> line(text, key, value));
            stage.epochs().ifPresent(epochs -> line(text, "epochs", String.valueOf(epochs)));
            if (stage.steps() > 1 || stage.epochsBetween() != RetrainingPolicy.USUAL.epochsBetween()) {
                line(text, "epochs-between", String.valueOf(stage.epochsBetween()));
            }
            stage.tolerance().ifPresent(drop -> line(text, "tolerance", String.valueOf(drop)));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("  ").append(key).append(' ').append(value).append('\n');
    }

    static Recipe read(String text) {
        var drafts = new ArrayList<Draft>();
        int number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            int now = ++number;
            if (!line.isEmpty() && !line.startsWith("#")) {
                RecipeLines.at(now, () -> add(drafts, now, line));
            }
        }
        return new Recipe(drafts.stream().map(Draft::stage).toList());
    }

    private static boolean add(List<Draft> drafts, int number, String line) {
        int space = line.indexOf(' ');
        var key = space < 0 ? line : line.substring(0, space);
        var value = space < 0 ? "" : line.substring(space + 1).strip();
        if (key.equals("stage")) {
            return drafts.add(new Draft(number, unquoted(value), new RecipeLines()));
        }
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("the first line must name a stage");
        }
        drafts.getLast().lines.add(number, key, value);
        return true;
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            throw new IllegalArgumentException("the name of a stage stands in quotes");
        }
        return value.substring(1, value.length() - 1);
    }

    /** A stage that is being read. */
    private record Draft(int number, String name, RecipeLines lines) {
        Stage stage() {
            return RecipeLines.at(number, () -> {
                var kind = lines.read("kind", StageKinds::parse, StageKinds.usual());
                var recovery = new RetrainingPolicy(
                        lines.read("epochs", epochs -> OptionalInt.of(Integer.parseInt(epochs)), OptionalInt.empty()),
                        lines.read("epochs-between", Integer::parseInt, RetrainingPolicy.USUAL.epochsBetween()),
                        lines.read(
                                "tolerance",
                                drop -> OptionalDouble.of(Double.parseDouble(drop)),
                                OptionalDouble.empty()));
                var stage = kind.reader().read(name, lines, recovery);
                lines.requireAllRead(kind.word());
                return stage;
            });
        }
    }
}
