package org.espalier.nn.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.Linear;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private static final Schema.Column AGE = new Schema.Column("age", List.of(), true);
    private static final Schema.Column JOB = new Schema.Column("job", List.of("clerk", "cook"), false);
    private static final Schema SCHEMA = new Schema(List.of(AGE, JOB), new Target.Regression("income"));

    @Test
    void readsWhatItWrites() throws FormatException {
        assertEquals(SCHEMA, Schema.fromJson(SCHEMA.toJson()));
    }

    @Test
    void writesNothingForWhatIsUsual() {
        assertEquals("""
                {"columns":[{"name":"age","optional":true},{"name":"job","levels":["clerk","cook"]}],\
                "target":{"kind":"regression","name":"income"}}""", SCHEMA.toJson().compact());
    }

    @Test
    void theFileOfAModelHoldsItsSchema() throws FormatException {
        var file = SCHEMA.file(Linear.of(2, 1));
        assertEquals(SCHEMA, Schema.fromJson(file.section(Schema.KEY).orElseThrow()));
        assertEquals(SCHEMA, Predictor.of(file).schema());
        assertThrows(IllegalArgumentException.class, () -> SCHEMA.file(Linear.of(3, 1)));
        assertThrows(IllegalArgumentException.class, () -> SCHEMA.file(Linear.of(2, 2)));
    }

    @Test
    void tellsWordsFromNumbers() {
        assertFalse(AGE.isCategory());
        assertTrue(JOB.isCategory());
        assertEquals(List.of("age", "job"), SCHEMA.names());
    }

    @Test
    void refusesTwoColumnsOfOneName() {
        var e = assertThrows(IllegalArgumentException.class,
                () -> new Schema(List.of(AGE, AGE), new Target.Regression("income")));
        assertTrue(e.getMessage().contains("\"age\""), e.getMessage());
    }

    @Test
    void refusesWhatIsNoSchema() {
        var twice = SCHEMA.toJson().with("columns", Json.array(List.of(
                Json.object().with("name", "age"), Json.object().with("name", "age"))));
        for (var json : List.of(Json.object(), SCHEMA.toJson().with("columns", 3L), twice,
                SCHEMA.toJson().with("columns", Json.array(List.of(new Json.Str("age")))))) {
            assertThrows(FormatException.class, () -> Schema.fromJson(json));
        }
    }
}
