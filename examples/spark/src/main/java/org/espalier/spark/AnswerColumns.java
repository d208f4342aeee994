package org.espalier.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.espalier.nn.table.OutputDecoder;
import org.espalier.nn.table.Target;

/**
 * The columns of an answer, and their values.
 *
 * <ul>
 * <li>a number: {@code prediction}, a double;
 * <li>one of several classes: {@code prediction}, the index of the class as a double, as Spark's own models have it;
 * {@code class}, its name; {@code probability}, an array of a float for each class in the target's order;
 * <li>labels: {@code labels}, an array of the names that hold; {@code probability}, a float for each label.
 * </ul>
 */
final class AnswerColumns {
    static final String PREDICTION = "prediction";
    static final String CLASS = "class";
    static final String LABELS = "labels";
    static final String PROBABILITY = "probability";

    private final OutputDecoder decoder;
    private final String[] names;
    private final int count;

    AnswerColumns(OutputDecoder decoder) {
        this.decoder = decoder;
        this.names = switch (decoder.target()) {
            case Target.Regression regression -> new String[0];
            case Target.Binary binary -> new String[] {binary.negative(), binary.positive()};
            case Target.Classes classes -> classes.classes().toArray(String[]::new);
            case Target.MultiLabel labels -> labels.labels().toArray(String[]::new);
        };
        this.count = fields(decoder.target(), "").size();
    }

    /** The columns for a target, each name after a prefix. */
    static List<StructField> fields(Target target, String prefix) {
        var probability = field(prefix + PROBABILITY, DataTypes.createArrayType(DataTypes.FloatType, false));
        var number = field(prefix + PREDICTION, DataTypes.DoubleType);
        return switch (target) {
            case Target.Regression regression -> List.of(number);
            case Target.MultiLabel labels -> List.of(
                    field(prefix + LABELS, DataTypes.createArrayType(DataTypes.StringType, false)), probability);
            default -> List.of(number, field(prefix + CLASS, DataTypes.StringType), probability);
        };
    }

    private static StructField field(String name, DataType type) {
        return DataTypes.createStructField(name, type, false);
    }

    static StructType struct(Target target) {
        return DataTypes.createStructType(fields(target, ""));
    }

    /** How many columns there are. */
    int count() {
        return count;
    }

    /**
     * Puts the values of one row into an array.
     *
     * @param outputs the outputs of the model, those of this row from {@code from} on
     * @param into for {@link #count} values from {@code at} on
     */
    void put(float[] outputs, int from, Object[] into, int at) {
        if (decoder.target() instanceof Target.Regression) {
            into[at] = (double) outputs[from];
            return;
        }
        var probabilities = new float[names.length];
        decoder.probabilities(outputs, from, probabilities, 0);
        if (decoder.target() instanceof Target.MultiLabel labels) {
            into[at] = holding(probabilities, labels.threshold());
            into[at + 1] = probabilities;
        } else {
            int best = decoder.classOf(outputs, from);
            into[at] = (double) best;
            into[at + 1] = names[best];
            into[at + 2] = probabilities;
        }
    }

    private String[] holding(float[] probabilities, float threshold) {
        var holding = new ArrayList<String>();
        for (int i = 0; i < names.length; i++) {
            if (probabilities[i] >= threshold) {
                holding.add(names[i]);
            }
        }
        return holding.toArray(String[]::new);
    }
}
