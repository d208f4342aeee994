package org.espalier.nn.table;

import java.util.ArrayList;
import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.loss.Loss;

/** What a model of a table predicts: how its outputs are meant, and the names of the results. */
public sealed interface Target {
    /**
     * A number, in its own unit: the model has one output.
     *
     * @param name the column
     */
    record Regression(String name) implements Target {
        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public Loss loss() {
            return Loss.meanSquaredError();
        }

        @Override
        public Json.Obj toJson() {
            return Json.object().with(KIND, "regression").with(NAME, name);
        }
    }

    /**
     * One of two classes: the model has one output, the logit of the second class.
     *
     * @param name the column
     * @param negative the class of target 0
     * @param positive the class of target 1
     * @param threshold the probability from which on the answer is the positive class, in (0, 1)
     */
    record Binary(String name, String negative, String positive, float threshold) implements Target {
        /** Checks the threshold; throws {@link IllegalArgumentException}. */
        public Binary {
            requireThreshold(threshold);
            requireDistinct(List.of(negative, positive));
        }

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public Loss loss() {
            return Loss.binaryCrossEntropy();
        }

        @Override
        public Json.Obj toJson() {
            return Json.object()
                    .with(KIND, "binary")
                    .with(NAME, name)
                    .with(CLASSES, strings(List.of(negative, positive)))
                    .with(THRESHOLD, shortest(threshold));
        }
    }

    /**
     * One of several classes: the model has a logit for each.
     *
     * @param name the column
     * @param classes their names, by index
     */
    record Classes(String name, List<String> classes) implements Target {
        /** Copies the names, which must differ; throws {@link IllegalArgumentException}. */
        public Classes {
            classes = List.copyOf(classes);
            requireDistinct(classes);
        }

        @Override
        public int outputs() {
            return classes.size();
        }

        @Override
        public Loss loss() {
            return Loss.crossEntropy();
        }

        @Override
        public Json.Obj toJson() {
            return Json.object().with(KIND, "classes").with(NAME, name).with(CLASSES, strings(classes));
        }
    }

    /**
     * Any number of labels: the model has a logit for each.
     *
     * @param labels the columns, which are 0 or 1
     * @param threshold the probability from which on a label holds, in (0, 1)
     */
    record MultiLabel(List<String> labels, float threshold) implements Target {
        /** Copies the names and checks the threshold; throws {@link IllegalArgumentException}. */
        public MultiLabel {
            labels = List.copyOf(labels);
            requireDistinct(labels);
            requireThreshold(threshold);
        }

        @Override
        public int outputs() {
            return labels.size();
        }

        @Override
        public Loss loss() {
            return Loss.binaryCrossEntropy();
        }

        @Override
        public Json.Obj toJson() {
            return Json.object()
                    .with(KIND, "labels")
                    .with(CLASSES, strings(labels))
                    .with(THRESHOLD, shortest(threshold));
        }
    }

    /** The key of the kind in {@link #toJson}. */
    String KIND = "kind";

    /** The key of the column's name in {@link #toJson}. */
    String NAME = "name";

    /** The key of the names of classes or labels in {@link #toJson}. */
    String CLASSES = "classes";

    /** The key of the threshold in {@link #toJson}. */
    String THRESHOLD = "threshold";

    /** How many outputs the model has. */
    int outputs();

    /** The loss that fits: its outputs are logits, or values in a regression. */
    Loss loss();

    /** A form that {@link #fromJson} reads. */
    Json.Obj toJson();

    /** Reads {@link #toJson}. */
    static Target fromJson(Json.Obj json) throws FormatException {
        try {
            return switch (json.string(KIND)) {
                case "regression" -> new Regression(json.string(NAME));
                case "binary" -> {
                    var classes = strings(json, CLASSES);
                    if (classes.size() != 2) {
                        throw new FormatException("schema", "a binary target has two classes, not " + classes);
                    }
                    yield new Binary(json.string(NAME), classes.get(0), classes.get(1),
                            (float) json.number(THRESHOLD));
                }
                case "classes" -> new Classes(json.string(NAME), strings(json, CLASSES));
                case "labels" -> new MultiLabel(strings(json, CLASSES), (float) json.number(THRESHOLD));
                default -> throw new FormatException("schema", "unknown kind of target \"" + json.string(KIND) + "\"");
            };
        } catch (IllegalArgumentException e) {
            throw new FormatException("schema", FormatException.NO_OFFSET, "target: " + e.getMessage(), e);
        }
    }

    /** The strings of an array member. */
    static List<String> strings(Json.Obj json, String member) throws FormatException {
        var strings = new ArrayList<String>();
        for (var item : json.items(member)) {
            if (!(item instanceof Json.Str(String text))) {
                throw new FormatException("schema", member + " has " + item.compact() + ", which is not a string");
            }
            strings.add(text);
        }
        return strings;
    }

    /** An array of strings. */
    static Json strings(List<String> strings) {
        return Json.array(strings.stream().map(Json.Str::new).toList());
    }

    private static double shortest(float value) {
        return Double.parseDouble(Float.toString(value));
    }

    private static void requireThreshold(float threshold) {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("a threshold is a probability between 0 and 1, not " + threshold);
        }
    }

    private static void requireDistinct(List<String> names) {
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("a name is there twice in " + names);
        }
    }
}
