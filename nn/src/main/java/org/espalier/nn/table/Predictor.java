package org.espalier.nn.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.Csv;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.Sequential;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.Softmax;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A model with its {@link Schema}: takes raw rows by the names of their columns and answers with named results.
 * Immutable and safe to share between threads.
 *
 * {@snippet :
 * Path csv = Files.writeString(Files.createTempFile("credit", ".csv"), """
 *         age,job,amount,outcome
 *         41,skilled,2300,good
 *         23,unskilled,9000,bad
 *         57,skilled,1200,good
 *         31,unskilled,7500,bad
 *         """);
 * var table = Table.read(csv, "outcome");
 * var model = Preprocessing.standard().network(table, 8);
 * table.trainer(model).fit(table.data());
 * Path file = Files.createTempFile("credit", ".safetensors");
 * table.schema().file(model).write(file);
 *
 * Predictor credit = Predictor.load(file); // in the service: one for all threads
 * Prediction answer = credit.predict(Map.of("age", 41, "job", "skilled", "amount", 2300));
 * }
 */
public final class Predictor {

    private final InferenceModel model;
    private final Schema schema;
    private final Map<String, Integer> places;
    private final OutputDecoder decoder;
    private final RawValues values;

    private Predictor(InferenceModel model, Schema schema, boolean probabilities, boolean lenient) {
        this.model = model;
        this.schema = schema;
        this.decoder = new OutputDecoder(schema.target(), probabilities);
        this.values = new RawValues(schema, lenient);
        this.places = new LinkedHashMap<>();
        for (var column : schema.columns()) {
            places.put(column.name(), places.size());
        }
        if (model.in() != places.size() || model.out() != schema.target().outputs()) {
            throw new IllegalArgumentException("predictor: the model takes " + model.in() + " numbers and gives "
                    + model.out() + ", but the schema has " + places.size() + " columns and " + schema.target());
        }
    }

    /**
     * A model that takes the raw rows of a schema.
     *
     * @throws IllegalArgumentException if the model has another number of inputs or outputs
     */
    public static Predictor of(Layer model, Schema schema) {
        return new Predictor(InferenceModel.of(model), schema, givesProbabilities(model), false);
    }

    /**
     * The model of a file that has a schema.
     *
     * @throws FormatException if it has none, or one that does not fit the model
     */
    public static Predictor of(ModelFile file) throws FormatException {
        var text = file.metadata().get(Schema.KEY);
        if (text == null) {
            throw new FormatException("model file",
                    "has no schema, so the names of its columns are not known: write it "
                            + "with a schema, or use InferenceModel and rows of numbers");
        }
        try {
            if (!(Json.parse(text) instanceof Json.Obj json)) {
                throw new FormatException("schema", "is not an object");
            }
            return new Predictor(
                    InferenceModel.of(file), Schema.fromJson(json), givesProbabilities(file.model()), false);
        } catch (IllegalArgumentException e) {
            throw new FormatException("model file", FormatException.NO_OFFSET, e.getMessage(), e);
        }
    }

    /**
     * Reads a model file that has a schema.
     *
     * @throws FormatException if the file is damaged, describes no model or has no schema
     * @throws IOException if it cannot be read
     */
    public static Predictor load(Path path) throws IOException {
        return of(ModelFile.read(path));
    }

    /** As {@link #load(Path)}, to the end of a stream. */
    public static Predictor load(InputStream stream) throws IOException {
        return load(stream.readAllBytes());
    }

    /** As {@link #load(Path)}, from the bytes of a file. */
    public static Predictor load(byte[] file) throws FormatException {
        return of(ModelFile.read(file, LayerKinds.standard()));
    }

    private static boolean givesProbabilities(Layer model) {
        var last = model;
        while (last instanceof Sequential chain && !chain.children().isEmpty()) {
            last = chain.children().lastEntry().getValue();
        }
        return last instanceof Sigmoid || last instanceof Softmax;
    }

    /**
     * This predictor taking words that are no level of their column as missing values. Otherwise they are an error,
     * and so is a missing value in a column that had none among the training rows.
     */
    public Predictor lenient() {
        return new Predictor(model, schema, decoder.probabilities(), true);
    }

    /** What the columns and the results are. */
    public Schema schema() {
        return schema;
    }

    /** The model, which takes rows of numbers. */
    public InferenceModel model() {
        return model;
    }

    /** What the outputs of the model mean. */
    public OutputDecoder decoder() {
        return decoder;
    }

    /**
     * The answer for a row given by column names. A number is given as a number or its text, a category as its word; a
     * missing value is null or not there.
     *
     * @throws IllegalArgumentException if a name is no column, or a value is not what its column takes; the message
     *     names the column
     */
    public Prediction predict(Map<String, ?> row) {
        return predict(numbers(row));
    }

    /**
     * The answer for a record whose components have the names of the columns; as {@link #predict(Map)}.
     *
     * @throws IllegalArgumentException if the components cannot be read, or as {@link #predict(Map)} says
     */
    public Prediction predict(Record row) {
        var values = new LinkedHashMap<String, Object>();
        for (var component : row.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.trySetAccessible();
                values.put(component.getName(), accessor.invoke(row));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException("component " + component.getName() + " of " + row.getClass()
                        + " cannot be read; open its package to the module org.espalier.nn", e);
            }
        }
        return predict(values);
    }

    /**
     * The answer for a line of a CSV file whose fields are the columns in their order.
     *
     * @throws FormatException if a field is not what its column takes; the message names the column
     */
    public Prediction predictLine(String line) throws FormatException {
        float[] row = Csv.row(line, schema.csvColumns(), RawValues.WORDS);
        requireComplete(row);
        return answer(model.predict(row));
    }

    /**
     * The answer for a row of numbers: the index of the level for a category, NaN for a missing value.
     *
     * @throws org.espalier.tensor.ShapeException if there are not as many numbers as columns
     * @throws IllegalArgumentException if a number is not what its column takes; the message names the column
     */
    public Prediction predict(float... row) {
        if (row.length == schema.columns().size()) {
            require(row);
        }
        return answer(model.predict(row));
    }

    private void require(float[] row) {
        requireComplete(row);
        for (int i = 0; i < row.length; i++) {
            var column = schema.columns().get(i);
            boolean known = Float.isNaN(row[i]) || row[i] == (int) row[i] && row[i] >= 0
                    && row[i] < column.levels().size();
            if (column.isCategory() && !known) {
                throw RawValues.refused(
                        column, row[i] + " is not the index of one of its " + column.levels().size() + " levels");
            }
        }
    }

    /**
     * The answers for many rows, [rows, columns] of numbers as {@link #predict(float...)} takes them.
     *
     * @throws IllegalArgumentException as {@link #predict(float...)}; the message names the row, from 0
     */
    public List<Prediction> predictAll(Tensor rows) {
        int columns = places.size();
        if (rows.rank() == 2 && rows.dim(1) == columns) {
            for (int row = 0; row < rows.dim(0); row++) {
                try {
                    require(Arrays.copyOfRange(Storage.array(rows), row * columns, (row + 1) * columns));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("row " + row + ": " + e.getMessage(), e);
                }
            }
        }
        float[] outputs = Storage.array(model.predict(rows));
        int width = model.out();
        var answers = new ArrayList<Prediction>(rows.dim(0));
        for (int row = 0; row < rows.dim(0); row++) {
            answers.add(answer(Arrays.copyOfRange(outputs, row * width, (row + 1) * width)));
        }
        return answers;
    }

    /** The numbers of a row that is given by column names, as the model takes them; throws as {@link #predict(Map)}. */
    public float[] numbers(Map<String, ?> row) {
        for (var name : row.keySet()) {
            if (!places.containsKey(name)) {
                throw new IllegalArgumentException("there is no column \"" + name + "\"; the columns are "
                        + places.keySet());
            }
        }
        var numbers = new float[places.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(i, row.get(schema.columns().get(i).name()));
        }
        return numbers;
    }

    /**
     * The number of one value as the model takes it: for programs that fill rows without a map.
     *
     * @param column which column, from 0
     * @param value a number, a boolean, a text, or null if it is missing
     * @throws IllegalArgumentException as {@link #predict(Map)}
     */
    public float number(int column, Object value) {
        return values.number(column, value);
    }

    private void requireComplete(float[] row) {
        for (int i = 0; i < row.length; i++) {
            values.require(i, row[i]);
        }
    }

    /** The outputs of the model for one row as a named answer. */
    public Prediction answer(float[] outputs) {
        return switch (schema.target()) {
            case Target.Regression target -> new Prediction.Value(target.name(), outputs[0]);
            case Target.Binary target -> {
                var all = named(outputs, List.of(target.negative(), target.positive()));
                boolean isPositive = decoder.classOf(outputs, 0) == 1;
                yield new Prediction.OneClass(target.name(),
                        isPositive ? target.positive() : target.negative(), all);
            }
            case Target.Classes target -> new Prediction.OneClass(target.name(),
                    target.classes().get(decoder.classOf(outputs, 0)), named(outputs, target.classes()));
            case Target.MultiLabel target -> {
                var all = named(outputs, target.labels());
                yield new Prediction.Labels(
                        target.labels().stream().filter(label -> all.get(label) >= target.threshold()).toList(), all);
            }
        };
    }

    private LinkedHashMap<String, Float> named(float[] outputs, List<String> names) {
        var each = new float[names.size()];
        decoder.probabilities(outputs, 0, each, 0);
        var all = new LinkedHashMap<String, Float>();
        for (int i = 0; i < each.length; i++) {
            all.put(names.get(i), each[i]);
        }
        return all;
    }
}
