package org.espalier.examples.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.Csv;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.table.Prediction;
import org.espalier.nn.table.Predictor;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;

/**
 * The rows of a request: one JSON object or array of numbers, an array of these, or CSV with a header.
 *
 * @param rows [rows, columns]
 * @param single whether one row was sent by itself, so that one answer is expected and not a list
 */
record PredictRequest(Tensor rows, boolean single) {
    static PredictRequest read(Predictor predictor, String contentType, byte[] body) throws HttpProblem {
        try {
            return contentType.startsWith("text/csv")
                    ? new PredictRequest(Csv.read(body, predictor.schema().csvOptions()).values(), false)
                    : json(predictor, body);
        } catch (FormatException | IllegalArgumentException e) {
            throw new HttpProblem(400, e.getMessage());
        }
    }

    private static PredictRequest json(Predictor predictor, byte[] body) throws FormatException {
        var json = Json.parse(new String(body, StandardCharsets.UTF_8));
        if (json instanceof Json.Arr list && list.items().stream().noneMatch(Json.Num.class::isInstance)) {
            var rows = new ArrayList<float[]>();
            for (var item : list.items()) {
                try {
                    rows.add(row(predictor, item));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("row " + rows.size() + ": " + e.getMessage(), e);
                }
            }
            return new PredictRequest(tensor(predictor, rows), false);
        }
        return new PredictRequest(tensor(predictor, List.of(row(predictor, json))), true);
    }

    private static Tensor tensor(Predictor predictor, List<float[]> rows) {
        int columns = predictor.model().in();
        var all = new float[rows.size() * columns];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, all, i * columns, columns);
        }
        return Tensor.of(Shape.of(rows.size(), columns), all);
    }

    private static float[] row(Predictor predictor, Json json) {
        return switch (json) {
            case Json.Obj object -> predictor.numbers(values(object));
            case Json.Arr array -> numbers(predictor, array.items());
            default -> throw new IllegalArgumentException(
                    "a row is an object of named values or an array of numbers, not " + json.compact());
        };
    }

    private static Map<String, Object> values(Json.Obj object) {
        var values = new LinkedHashMap<String, Object>();
        object.members().forEach((name, value) -> values.put(name, switch (value) {
            case Json.Num number -> number.asDouble();
            case Json.Str(String text) -> text;
            case Json.Bool(boolean truth) -> truth;
            case Json.Null none -> null;
            default -> throw new IllegalArgumentException(
                    "column \"" + name + "\": " + value.compact() + " is no number and no word");
        }));
        return values;
    }

    private static float[] numbers(Predictor predictor, List<Json> items) {
        int columns = predictor.model().in();
        if (items.size() != columns) {
            throw new IllegalArgumentException("a row has " + columns + " numbers, not " + items.size());
        }
        var row = new float[columns];
        for (int i = 0; i < columns; i++) {
            row[i] = switch (items.get(i)) {
                case Json.Num number -> (float) number.asDouble();
                case Json.Null none -> Float.NaN;
                default -> throw new IllegalArgumentException("column \""
                        + predictor.schema().columns().get(i).name() + "\": " + items.get(i).compact()
                        + " is no number");
            };
        }
        return row;
    }

    /** The answer: an object for a single row, or else an array. */
    Json answer(List<Prediction> predictions) {
        var answers = predictions.stream().map(Prediction::toJson).toList();
        return single ? answers.getFirst() : Json.array(answers);
    }
}
