package org.espalier.nn.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.io.FormatException;
import org.espalier.nn.FeatureSelect;
import org.espalier.nn.Layer;
import org.espalier.nn.Linear;
import org.espalier.nn.OneHot;
import org.espalier.nn.Sequential;
import org.espalier.nn.Sigmoid;
import org.espalier.nn.model.ModelFile;
import org.espalier.tensor.Shape;
import org.espalier.tensor.ShapeException;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {
    private static final List<Schema.Column> COLUMNS = List.of(
            new Schema.Column("age", List.of(), false), new Schema.Column("job", List.of("clerk", "cook"), true));

    /** Logit ½·age − 20. */
    private static Layer byAge(Layer... after) {
        var layers = new Layer[after.length + 1];
        layers[0] = Linear.of(Tensor.of(Shape.of(1, 2), 0.5f, 0), Tensor.vector(-20));
        System.arraycopy(after, 0, layers, 1, after.length);
        return Sequential.of(layers);
    }

    private static Predictor binary(float threshold, Layer... after) {
        // the job may be missing, so the model must not see its NaN
        var model = Sequential.of(
                org.espalier.nn.Impute.of(Tensor.vector(0, 0)), byAge(after));
        return Predictor.of(model, new Schema(COLUMNS, new Target.Binary("left", "no", "yes", threshold)));
    }

    @Test
    void answersWithTheNameOfTheClass() {
        var predictor = binary(0.5f);
        var answer = assertInstanceOf(
                Prediction.OneClass.class, predictor.predict(Map.of("age", 42, "job", "cook")));
        assertEquals("yes", answer.label());
        // the logistic function of 1
        assertEquals(0.7310586f, answer.probability(), 1e-6f);
        assertEquals(0.2689414f, answer.probabilities().get("no"), 1e-6f);
        assertEquals("no", predictor.predict(Map.of("age", "38", "job", "clerk")).answer());
        assertEquals("no", binary(0.8f).predict(Map.of("age", 42, "job", "cook")).answer());
    }

    @Test
    void doesNotTakeProbabilitiesForLogits() {
        var answer = (Prediction.OneClass) binary(0.5f, new Sigmoid()).predict(42, 1);
        assertEquals(0.7310586f, answer.probability(), 1e-6f);
    }

    record Person(int age, String job) {}

    @Test
    void takesRowsInEveryForm() throws FormatException {
        var predictor = binary(0.5f);
        var expected = predictor.predict(Map.of("age", 41.5, "job", "cook"));
        assertEquals(expected, predictor.predict(41.5f, 1));
        assertEquals(expected, predictor.predictLine("41.5,cook"));
        assertEquals(predictor.predict(41, 0), predictor.predict(new Person(41, "clerk")));
    }

    @Test
    void aMissingValueIsNotThereOrNullOrAWordForIt() throws FormatException {
        var predictor = binary(0.5f);
        var expected = predictor.predict(41, Float.NaN);
        var row = new HashMap<String, Object>(Map.of("age", 41));
        assertEquals(expected, predictor.predict(row));
        row.put("job", null);
        assertEquals(expected, predictor.predict(row));
        row.put("job", "NA");
        assertEquals(expected, predictor.predict(row));
        assertEquals(expected, predictor.predictLine("41,?"));
    }

    private static void refused(String column, String reason, Runnable call) {
        var e = assertThrows(IllegalArgumentException.class, call::run);
        assertTrue(e.getMessage().contains("\"" + column + "\"") && e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void refusesWhatAColumnDoesNotTake() {
        var predictor = binary(0.5f);
        refused("job", "none of its levels [clerk, cook]", () -> predictor.predict(Map.of("age", 1, "job", "king")));
        refused("age", "missing", () -> predictor.predict(Map.of("job", "cook")));
        refused("age", "not a number", () -> predictor.predict(Map.of("age", "old", "job", "cook")));
        refused("age", "finite", () -> predictor.predict(Float.POSITIVE_INFINITY, 0));
        refused("aeg", "no column", () -> predictor.predict(Map.of("aeg", 1, "job", "cook")));
        refused("job", "not the index", () -> predictor.predict(41, 2));
        refused("job", "not the index", () -> predictor.predict(41, 0.5f));
        assertThrows(ShapeException.class, () -> predictor.predict(41));
        var e = assertThrows(FormatException.class, () -> predictor.predictLine("41,king"));
        assertTrue(e.getMessage().contains("\"job\""), e.getMessage());
    }

    @Test
    void lenientlyTakesUnknownWordsForMissing() {
        var predictor = binary(0.5f).lenient();
        assertEquals(predictor.predict(41, Float.NaN), predictor.predict(Map.of("age", 41, "job", "king")));
        assertEquals("no", predictor.predict(Map.of("job", "cook")).answer());
    }

    @Test
    void answersEveryKindOfTarget() {
        var columns = List.of(COLUMNS.getFirst());
        var two = Linear.of(Tensor.of(Shape.of(3, 1), 0, 1, 2), Tensor.vector(0, 0, -1));
        var classes = (Prediction.OneClass) Predictor.of(
                two, new Schema(columns, new Target.Classes("size", List.of("s", "m", "l")))).predict(2);
        // logits 0, 2, 3
        assertEquals("l", classes.label());
        assertEquals(Math.exp(3) / (1 + Math.exp(2) + Math.exp(3)), classes.probability(), 1e-6);
        var labels = (Prediction.Labels) Predictor.of(
                two, new Schema(columns, new Target.MultiLabel(List.of("a", "b", "c"), 0.6f))).predict(0.5f);
        // logits 0, ½, 0: probabilities ½, 0.622, ½
        assertEquals(List.of("b"), labels.labels());
        var value = (Prediction.Value) Predictor.of(
                Linear.of(Tensor.of(Shape.of(1, 1), 3), Tensor.vector(1)),
                new Schema(columns, new Target.Regression("price"))).predict(2);
        assertEquals(7, value.value());
        assertEquals("{\"price\":7.0}", value.toJson().compact());
    }

    @Test
    void refusesASchemaThatDoesNotFitTheModel() {
        var schema = new Schema(COLUMNS, new Target.Regression("y"));
        assertThrows(IllegalArgumentException.class, () -> Predictor.of(Linear.of(3, 1), schema));
        assertThrows(IllegalArgumentException.class, () -> Predictor.of(Linear.of(2, 2), schema));
    }

    @Test
    void oneFileServesAlone(@TempDir Path folder) throws IOException {
        var model = Sequential.of(FeatureSelect.of(2, 1), OneHot.of(2),
                Linear.of(Tensor.of(Shape.of(1, 2), 10, 20), Tensor.vector(1)));
        var schema = new Schema(COLUMNS, new Target.Regression("wage"));
        var path = folder.resolve("wage.safetensors");
        schema.file(model).write(path);
        var row = Map.of("age", 1, "job", "cook");
        assertEquals("21.0", Predictor.load(path).predict(row).answer());
        byte[] bytes = Files.readAllBytes(path);
        assertEquals("21.0", Predictor.load(bytes).predict(row).answer());
        assertEquals("21.0", Predictor.load(new ByteArrayInputStream(bytes)).predict(row).answer());
        assertEquals(schema, Predictor.load(path).schema());
    }

    @Test
    void saysThatAFileHasNoSchema() {
        var bytes = ModelFile.of(Linear.of(2, 1)).toBytes();
        var e = assertThrows(FormatException.class, () -> Predictor.load(bytes));
        assertTrue(e.getMessage().contains("no schema"), e.getMessage());
        var wrong = ModelFile.of(Linear.of(3, 1))
                .with(Schema.KEY, new Schema(COLUMNS, new Target.Regression("y")).toJson().compact()).toBytes();
        assertThrows(FormatException.class, () -> Predictor.load(wrong));
        var broken = ModelFile.of(Linear.of(2, 1)).with(Schema.KEY, "[]").toBytes();
        assertThrows(FormatException.class, () -> Predictor.load(broken));
    }
}
