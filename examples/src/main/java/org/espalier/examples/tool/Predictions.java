package org.espalier.examples.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.table.Prediction;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Target;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * Predictions to rows, as CSV or JSON.
 *
 * @param header the names of the results
 * @param rows the fields of each row, as text
 * @param json the same for programs
 */
record Predictions(List<String> header, List<List<String>> rows, List<Json> json) {
    /** Named results. */
    static Predictions of(Target target, List<Prediction> predictions) {
        var header = switch (target) {
            case Target.Regression value -> List.of(value.name());
            case Target.Binary binary -> header(binary.name(), List.of(binary.negative(), binary.positive()));
            case Target.Classes classes -> header(classes.name(), classes.classes());
            case Target.MultiLabel labels -> header("labels", labels.labels());
        };
        var rows = predictions.stream().map(Predictions::fields).toList();
        return new Predictions(header, rows,
                predictions.stream().map(prediction -> (Json) prediction.toJson()).toList());
    }

    private static List<String> header(String name, List<String> classes) {
        var header = new ArrayList<String>();
        header.add(name);
        classes.forEach(one -> header.add("p(" + one + ")"));
        return header;
    }

    private static List<String> fields(Prediction prediction) {
        var fields = new ArrayList<String>();
        fields.add(prediction.answer());
        switch (prediction) {
            case Prediction.Value _ -> {}
            case Prediction.OneClass one -> one.probabilities().values().forEach(p -> fields.add(p.toString()));
            case Prediction.Labels labels -> labels.probabilities().values().forEach(p -> fields.add(p.toString()));
        }
        return fields;
    }

    /** The outputs of a model that names its classes and no columns. */
    static Predictions of(List<String> classes, Tensor outputs, Layer model) {
        var columns = new ArrayList<Schema.Column>();
        int in = InferenceModel.of(model).in();
        for (int i = 0; i < in; i++) {
            columns.add(new Schema.Column("x" + i, List.of(), false));
        }
        var target = outputs.dim(1) == 1
                ? new Target.Binary("class", classes.get(0), classes.get(1), 0.5f)
                : new Target.Classes("class", classes);
        var predictor = Predictor.of(model, new Schema(columns, target));
        var predictions = new ArrayList<Prediction>();
        for (int row = 0; row < outputs.dim(0); row++) {
            predictions.add(predictor.answer(row(outputs, row)));
        }
        return of(target, predictions);
    }

    private static float[] row(Tensor outputs, int row) {
        int width = outputs.dim(1);
        return Arrays.copyOfRange(Storage.array(outputs), row * width, (row + 1) * width);
    }

    /** Plain outputs. */
    static Predictions raw(Tensor outputs) {
        int width = outputs.dim(1);
        var header = new ArrayList<String>();
        for (int i = 0; i < width; i++) {
            header.add("output" + i);
        }
        var rows = new ArrayList<List<String>>();
        var json = new ArrayList<Json>();
        for (int row = 0; row < outputs.dim(0); row++) {
            var fields = new ArrayList<String>();
            var numbers = new ArrayList<Json>();
            for (float value : row(outputs, row)) {
                fields.add(Float.toString(value));
                numbers.add(ModelScores.number(Double.parseDouble(Float.toString(value))));
            }
            rows.add(fields);
            json.add(Json.object().with("outputs", Json.array(numbers)));
        }
        return new Predictions(header, rows, json);
    }

    /** Writes CSV with a header, or a JSON object on each line. */
    void write(PrintWriter writer, boolean asJson) {
        if (asJson) {
            json.forEach(row -> writer.println(row.compact()));
        } else {
            writer.println(line(header));
            rows.forEach(row -> writer.println(line(row)));
        }
        writer.flush();
        if (writer.checkError()) {
            throw new UncheckedIOException(new IOException("the answers could not be written"));
        }
    }

    private static String line(List<String> fields) {
        return String.join(",", fields.stream().map(Predictions::quoted).toList());
    }

    private static String quoted(String field) {
        return field.matches("(?s).*[\",\r\n].*") ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
    }
}
