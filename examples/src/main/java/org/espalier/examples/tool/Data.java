package org.espalier.examples.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Table;
import org.espalier.nn.table.Target;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/**
 * Samples as a model takes them, with what they predict.
 *
 * @param name of the file or folder
 * @param rows inputs [n, columns] and targets
 * @param target what is predicted
 * @param table the rows as a table, if they are one: with named columns
 * @param image height and width, if the rows are pictures
 * @param test more rows that came with these, to be looked at once
 */
record Data(String name, Dataset rows, Target target, Optional<Table> table, List<Integer> image,
        Optional<Dataset> test) {
    /** Takes its own copy. */
    Data {
        image = List.copyOf(image);
    }

    /** The data of a table. */
    static Data of(String name, Table table) {
        return new Data(name, table.data(), table.schema().target(), Optional.of(table), List.of(), Optional.empty());
    }

    /**
     * Data cut in two.
     *
     * @param train to learn from
     * @param validation to choose by
     */
    record Split(Data train, Data validation) {}

    /** How many numbers a row has. */
    int columns() {
        return rows.batch(0).inputs().dim(1);
    }

    /** How many rows there are. */
    int size() {
        return rows.size();
    }

    /** The measure that people ask for first. */
    Metric metric() {
        return switch (target) {
            case Target.Regression _ -> Metric.rSquared();
            case Target.MultiLabel _ -> Metric.labelAccuracy();
            case Target.Binary _,Target.Classes _ -> Metric.accuracy();
        };
    }

    /** All measures that fit. */
    List<Metric> metrics() {
        return switch (target) {
            case Target.Regression _ ->
                    List.of(Metric.rSquared(), Metric.rootMeanSquaredError(), Metric.meanAbsoluteError());
            case Target.MultiLabel _ -> List.of(Metric.labelAccuracy(), Metric.subsetAccuracy(), Metric.macroF1());
            case Target.Binary _ -> List.of(Metric.accuracy(), Metric.rocAuc(), Metric.averagePrecision(), Metric.f1(),
                    Metric.logLoss());
            case Target.Classes _ -> List.of(Metric.accuracy(), Metric.macroF1(), Metric.logLoss());
        };
    }

    /** Whether the answers are right or wrong, not more or less so. */
    boolean hasClasses() {
        return !(target instanceof Target.Regression);
    }

    /** The names of the classes, by index; empty in a regression. */
    List<String> classes() {
        return switch (target) {
            case Target.Regression _ -> List.of();
            case Target.Binary binary -> List.of(binary.negative(), binary.positive());
            case Target.Classes classes -> classes.classes();
            case Target.MultiLabel labels -> labels.labels();
        };
    }

    /** What a model file says of columns and classes. */
    Map<String, String> described() {
        if (table.isPresent()) {
            return Map.of(Schema.KEY, table.get().schema().toJson().compact());
        }
        return hasClasses()
                ? Map.of(InferenceModel.CLASSES, Json.array(classes().toArray(String[]::new)).compact())
                : Map.of();
    }

    /** Cuts the rows in two, each class in the same proportion; the same seed gives the same cut. */
    Split split(double fraction, long seed) {
        if (table.isPresent()) {
            var parts = table.get().split(fraction, seed);
            return new Split(of(name, parts.train()), of(name, parts.validation()));
        }
        var parts = target instanceof Target.Classes
                ? rows.stratifiedSplit(fraction, seed)
                : rows.split(fraction, seed);
        return new Split(with(parts.train()), with(parts.validation()));
    }

    /** The first rows, or all if there are fewer. */
    Data first(int count) {
        return range(0, count);
    }

    /** Some rows, or those that there are of them, from an index on. */
    Data range(int from, int count) {
        if (from == 0 && count >= size()) {
            return this;
        }
        int[] indices = IntStream.range(from, from + Math.min(count, size() - from)).toArray();
        return table.isPresent() ? of(name, table.get().rows(indices)) : with(rows.subset(indices));
    }

    /** These with other rows of the same kind. */
    Data with(Dataset others) {
        return new Data(name, others, target, Optional.empty(), image, test);
    }

    /** These with test rows. */
    Data withTest(Dataset others) {
        return new Data(name, rows, target, table, image, Optional.of(others));
    }

    /**
     * These rows for a model, whose outputs may be two where one is enough, or be more classes than occur here.
     *
     * @throws IllegalArgumentException if model and rows do not fit
     */
    Data fitting(Layer model) {
        int wide = columns();
        if (model.in() > 0 && model.in() != wide) {
            throw new IllegalArgumentException("the model reads rows of " + model.in() + " numbers, but " + name
                    + " has " + wide + " input columns; leave columns out with --drop, or name the right --target");
        }
        int out = model.out(wide) > 0 ? model.out(wide) : tried(model);
        if (target.outputs() == out) {
            return this;
        }
        if (target instanceof Target.Binary binary && out == 2) {
            var both = new Target.Classes(binary.name(), List.of(binary.negative(), binary.positive()));
            return new Data(name, flat(), both, table, image, test);
        }
        if (target instanceof Target.Classes few && out > few.classes().size()) {
            var names = new ArrayList<>(few.classes());
            IntStream.range(names.size(), out).forEach(i -> names.add("class " + i));
            return new Data(name, rows, new Target.Classes(few.name(), names), table, image, test);
        }
        throw new IllegalArgumentException("the model gives " + out + " numbers for a row, but " + name
                + " needs " + target.outputs() + ": " + target + "; is --target right?");
    }

    /** Numbers that a model which does not say it gives for a row. */
    private int tried(Layer model) {
        var output = model.forward(rows.subset(new int[] {0}).all().inputs());
        return output.rank() < 2 ? 1 : output.size();
    }

    /** Class indices [n] instead of [n, 1]. */
    private Dataset flat() {
        var all = rows.all();
        return Dataset.of(all.inputs(), Storage.adopt(Shape.of(size()), all.targets().toArray()));
    }

    /** For example {@code 4000 rows of 8 columns}. */
    @Override
    public String toString() {
        return image.isEmpty()
                ? size() + " rows of " + columns() + (columns() == 1 ? " column" : " columns")
                : size() + " pictures of " + image.get(0) + " × " + image.get(1) + " pixels";
    }
}
