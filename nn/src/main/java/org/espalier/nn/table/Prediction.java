package org.espalier.nn.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.espalier.io.Json;

/** What a model answers for one row, under the names of its {@link Target}. */
public sealed interface Prediction {
    /**
     * A number in the unit of the target.
     *
     * @param name the target
     * @param value the answer
     */
    record Value(String name, float value) implements Prediction {
        @Override
        public String answer() {
            return Float.toString(value);
        }

        @Override
        public Json.Obj toJson() {
            return Json.object().with(name, shortest(value));
        }
    }

    /**
     * A class.
     *
     * @param name the target
     * @param label the class that is answered
     * @param probabilities of all classes, by name
     */
    record OneClass(String name, String label, SequencedMap<String, Float> probabilities) implements Prediction {
        /** Copies the map. */
        public OneClass {
            probabilities = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(probabilities));
        }

        @Override
        public String answer() {
            return label;
        }

        /** The probability of the class that is answered. */
        public float probability() {
            return probabilities.get(label);
        }

        @Override
        public Json.Obj toJson() {
            return Json.object().with(name, label).with("probabilities", json(probabilities));
        }
    }

    /**
     * The labels that hold.
     *
     * @param labels those whose probability reaches the threshold
     * @param probabilities of all labels, by name
     */
    record Labels(List<String> labels, SequencedMap<String, Float> probabilities) implements Prediction {
        /** Copies list and map. */
        public Labels {
            labels = List.copyOf(labels);
            probabilities = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(probabilities));
        }

        @Override
        public String answer() {
            return String.join(", ", labels);
        }

        @Override
        public Json.Obj toJson() {
            return Json.object()
                    .with("labels", Target.strings(labels))
                    .with("probabilities", json(probabilities));
        }
    }

    /** The answer in a word: the class, the labels with commas between them, or the number. */
    String answer();

    /** The answer as an object of named results. */
    Json.Obj toJson();

    private static Json.Obj json(SequencedMap<String, Float> probabilities) {
        var json = Json.object();
        for (var entry : probabilities.entrySet()) {
            json = json.with(entry.getKey(), shortest(entry.getValue()));
        }
        return json;
    }

    private static double shortest(float value) {
        return Double.parseDouble(Float.toString(value));
    }
}
