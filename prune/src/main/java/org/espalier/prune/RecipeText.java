package org.espalier.prune;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.espalier.prune.allocation.Allocation;
import org.espalier.prune.allocation.Allocations;
import org.espalier.prune.allocation.Floor;
import org.espalier.prune.allocation.Uniform;
import org.espalier.prune.criterion.Criteria;
import org.espalier.prune.criterion.Criterion;
import org.espalier.prune.criterion.Magnitude;
import org.espalier.prune.pattern.Patterns;
import org.espalier.prune.pattern.SparsityPattern;
import org.espalier.prune.pattern.Weights;
import org.espalier.prune.schedule.Amount;
import org.espalier.prune.schedule.Amounts;
import org.espalier.prune.schedule.OneShot;
import org.espalier.prune.schedule.Schedules;
import org.espalier.prune.schedule.SparsitySchedule;

/** Recipes as text: a line that names a stage, then a line for each choice. */
final class RecipeText {
    private RecipeText() {}

    /** A pruner in one line, for tables. */
    static String method(Pruner pruner) {
        var layers = pruner.scope().layers();
        return String.join(
                        " | ",
                        pruner.criterion().text(),
                        pruner.pattern().text(),
                        pruner.allocation().text(),
                        Amounts.text(pruner.amount()),
                        pruner.schedule().text())
                + (layers.isEmpty() ? "" : " | layers " + String.join(", ", layers));
    }

    static String write(Recipe recipe) {
        var text = new StringBuilder();
        for (var stage : recipe.stages()) {
            var pruner = stage.pruner();
            text.append("stage \"").append(stage.name()).append("\"\n");
            line(text, "criterion", pruner.criterion().text());
            line(text, "pattern", pruner.pattern().text());
            line(text, "allocation", pruner.allocation().text());
            line(text, "amount", Amounts.text(pruner.amount()));
            line(text, "schedule", pruner.schedule().text());
            if (!pruner.scope().layers().isEmpty()) {
                line(text, "layers", String.join(", ", pruner.scope().layers()));
            }
            line(text, "floor", pruner.floor().units() + " units, share " + pruner.floor().share());
            stage.epochs().ifPresent(epochs -> line(text, "epochs", String.valueOf(epochs)));
            line(text, "epochs-between", String.valueOf(stage.epochsBetween()));
            stage.tolerance().ifPresent(drop -> line(text, "tolerance", String.valueOf(drop)));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append("  ").append(key).append(' ').append(value).append('\n');
    }

    static Recipe read(String text) {
        var stages = new ArrayList<Stage>();
        Draft draft = null;
        int number = 0;
        for (var line : text.lines().map(String::strip).toList()) {
            number++;
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int space = line.indexOf(' ');
            var key = space < 0 ? line : line.substring(0, space);
            var value = space < 0 ? "" : line.substring(space + 1).strip();
            try {
                if (key.equals("stage")) {
                    if (draft != null) {
                        stages.add(draft.stage());
                    }
                    draft = new Draft(unquoted(value));
                } else if (draft == null) {
                    throw new IllegalArgumentException("the first line must name a stage");
                } else {
                    draft.set(key, value);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("recipe line " + number + ": " + e.getMessage(), e);
            }
        }
        if (draft != null) {
            stages.add(draft.stage());
        }
        return new Recipe(stages);
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            throw new IllegalArgumentException("the name of a stage stands in quotes");
        }
        return value.substring(1, value.length() - 1);
    }

    /** A stage that is being read; what is not said is the usual. */
    private static final class Draft {
        private final String name;
        private Criterion criterion = Magnitude.L1;
        private SparsityPattern pattern = new Weights();
        private Allocation allocation = new Uniform();
        private Amount amount = new Amount.Unset();
        private SparsitySchedule schedule = new OneShot();
        private Scope scope = Scope.USUAL;
        private Floor floor = Floor.NONE;
        private OptionalInt epochs = OptionalInt.empty();
        private int epochsBetween = 1;
        private OptionalDouble tolerance = OptionalDouble.empty();

        Draft(String name) {
            this.name = name;
        }

        void set(String key, String value) {
            switch (key) {
                case "criterion" -> criterion = Criteria.parse(value);
                case "pattern" -> pattern = Patterns.parse(value);
                case "allocation" -> allocation = Allocations.parse(value);
                case "amount" -> amount = Amounts.parse(value);
                case "schedule" -> schedule = Schedules.parse(value);
                case "layers" -> scope = new Scope(List.of(value.split(" *, *")));
                case "floor" -> floor = floor(value);
                case "epochs" -> epochs = OptionalInt.of(Integer.parseInt(value));
                case "epochs-between" -> epochsBetween = Integer.parseInt(value);
                case "tolerance" -> tolerance = OptionalDouble.of(Double.parseDouble(value));
                default -> throw new IllegalArgumentException("'" + key + "' is no choice of a stage");
            }
        }

        private static Floor floor(String value) {
            var parts = value.split(" units, share ");
            if (parts.length != 2) {
                throw new IllegalArgumentException("a floor reads: 1 units, share 0.0");
            }
            return new Floor(Integer.parseInt(parts[0]), Double.parseDouble(parts[1]));
        }

        Stage stage() {
            var pruner = new Pruner(criterion, pattern, allocation, amount, schedule, scope, floor);
            return new Stage(name, pruner, epochs, epochsBetween, tolerance);
        }
    }
}
