package org.espalier.nn.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.LinearFormat;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTableTest {
    private final FormatTable table = new FormatTable("some machine", true, List.of(1, 64), List.of(
            new LayerFormat("fc1", 784, 300, 23520, List.of(Format.DENSE, Format.CSR), Map.of(
                    Format.DENSE, List.of(9.0, 100.0), Format.CSR, List.of(Double.NaN, 25.5))),
            new LayerFormat("fc2", 300, 10, 3000, List.of(Format.DENSE, Format.DENSE), Map.of(
                    Format.DENSE, List.of(1.0, 2.0)))));

    @Test
    void aTableComesBackFromItsJson() throws FormatException {
        assertEquals(table, FormatTable.of((Json.Obj) Json.parse(table.toJson().pretty())));
    }

    @Test
    void theTextShowsWhatWasGained() {
        var layer = table.layers().getFirst();

        assertEquals(0.1, layer.density());
        assertEquals(100 / 25.5, layer.speedup(1));
        assertTrue(table.toString().startsWith("batch 1 on some machine\n"), table.toString());
        assertTrue(table.toString().contains("\nbatch 64 on some machine\n"), table.toString());
        assertTrue(table.toString().contains("10.0 %"), table.toString());
        assertTrue(table.toString().contains("1.0 ×"), table.toString());
        assertTrue(table.toString().contains("3.9 ×"), table.toString());
    }

    @Test
    void tablesOfOlderFilesHaveOneFormatForAllBatches() throws FormatException {
        var old = FormatTable.of((Json.Obj) Json.parse("""
                {"machine": "m", "settled": true, "batches": [1, 8], "layers": [{"layer": "fc1", "in": 2, "out": 3,
                 "kept": 4, "chosen": "CSR", "micros": {"DENSE": [2.0, 4.0], "CSR": [1.0, 2.0]}}]}"""));

        assertEquals(List.of(Format.CSR, Format.CSR), old.layer("fc1").orElseThrow().chosen());
        assertEquals(2, old.layer("fc1").orElseThrow().speedup(1));
    }

    @Test
    void layersOfAnotherSizeOrNameTakeTheOtherFormat() {
        var formats = table.orElse(Format.SELL);

        assertTrue(formats.step(weights("fc1", 300, 784)).toString().contains("up to 8 rows, sparse(CsrMatrix"));
        assertTrue(formats.step(weights("fc1", 300, 783)).toString().startsWith("sparse(SellMatrix"));
        assertTrue(formats.step(weights("fc2", 10, 300)).toString().startsWith("dense("));
        assertTrue(formats.step(weights("fc3", 10, 300)).toString().startsWith("sparse(SellMatrix"));
    }

    private static LinearFormat.Weights weights(String name, int out, int in) {
        return new LinearFormat.Weights(
                name, Tensor.zeros(Shape.of(out, in)), Tensor.zeros(Shape.of(out)), Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"machine\": \"m\", \"settled\": true, \"batches\": [0], \"layers\": []}",
                "{\"machine\": \"m\", \"settled\": true, \"batches\": [1], \"layers\": [3]}",
                "{\"machine\": \"m\", \"settled\": true, \"batches\": [1, 1], \"layers\": []}",
                "{\"machine\": \"m\", \"settled\": true, \"batches\": [1], \"layers\": [{\"layer\": \"fc1\", "
                        + "\"in\": 1, \"out\": 1, "
                        + "\"kept\": 1, \"chosen\": \"ROUND\", \"micros\": {\"DENSE\": [1.0]}}]}",
                "{\"machine\": \"m\", \"settled\": true, \"batches\": [1], \"layers\": [{\"layer\": \"fc1\", "
                        + "\"in\": 1, \"out\": 1, "
                        + "\"kept\": 1, \"chosen\": \"CSR\", \"micros\": {\"DENSE\": [1.0]}}]}"
            })
    void damagedTablesAreRefused(String text) {
        assertThrows(FormatException.class, () -> FormatTable.of((Json.Obj) Json.parse(text)));
    }
}
