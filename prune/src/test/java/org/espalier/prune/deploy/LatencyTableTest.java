package org.espalier.prune.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.Activation;
import org.espalier.nn.Linear;
import org.espalier.nn.Mask;
import org.espalier.nn.Sequential;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;

class LatencyTableTest {
    /** A microsecond for each row and column of dense weights; a tenth for each kept one of sparse weights up to 6. */
    private static final LatencyTable TABLE =
            new LatencyTable("paper", 1, List.of(times("fc1", 4, 3), times("fc2", 2, 4)));

    private static LayerLatency times(String layer, int rows, int columns) {
        return new LayerLatency(
                layer,
                List.of(1, rows),
                List.of(1, columns),
                List.of(List.of(2.0, 1.0 + columns), List.of(rows + 1.0, (double) rows + columns)),
                List.of(1, 6),
                List.of(0.1, 0.6));
    }

    private static Sequential model() {
        return Sequential.of(Linear.of(3, 4), Activation.relu(), Linear.of(4, 2));
    }

    @Test
    void aModelTakesTheSumOfItsLayers() {
        assertEquals(7 + 6, TABLE.micros(model()));
    }

    @Test
    void onlyRowsColumnsAndWeightsThatAreKeptCount() {
        var model = model();
        // Row 3 goes: 3 rows of 3.
        model.parameters().get("fc1.weight").assignMask(Mask.of(Shape.of(4, 3), i -> i < 9));
        assertEquals(6 + 6, TABLE.micros(model));
        // Five weights in the second layer are faster one by one.
        assertEquals(6 + 0.5, TABLE.micros(model, Map.of("fc2.weight", Mask.of(Shape.of(2, 4), i -> i < 5))), 1e-12);
    }

    @Test
    void aModelOfAnotherShapeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> TABLE.micros(Sequential.of(Linear.of(3, 5))));
    }

    @Test
    void theMembersOfItsJsonHaveTheseNames() throws Exception {
        var text = "{\"machine\":\"paper\",\"batch\":1,\"layers\":[{\"layer\":\"fc1\",\"rows\":[1,4],"
                + "\"columns\":[1,3],\"dense\":[[2.0,4.0],[5.0,7.0]],\"kept\":[1,6],\"sparse\":[0.1,0.6]}]}";
        var table = new LatencyTable("paper", 1, List.of(times("fc1", 4, 3)));

        assertEquals(text, table.toJson().compact());
        assertEquals(table, LatencyTable.of((Json.Obj) Json.parse(text)));
    }

    @Test
    void theTableReadsBackFromItsJson() throws Exception {
        var text = TABLE.toJson().compact();

        assertEquals(TABLE, LatencyTable.of((Json.Obj) Json.parse(text)));
        for (var damage : List.of("\"batch\":1|\"batch\":0", "[1,4]|[4,1]", "[1,4]|[1.5,4]", "0.1|-0.1", "0.1|\"x\"")) {
            var parts = damage.split("\\|");
            var bad = text.replace(parts[0], parts[1]);
            assertThrows(FormatException.class, () -> LatencyTable.of((Json.Obj) Json.parse(bad)), damage);
        }
    }
}
