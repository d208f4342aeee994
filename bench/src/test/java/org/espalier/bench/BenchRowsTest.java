package org.espalier.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.espalier.bench.peer.Peers;
import org.junit.jupiter.api.Test;

class BenchRowsTest {

    @Test
    void namesAreUniqueAndFindTheirRow() {
        var rows = BenchRows.all();
        assertEquals(rows.size(), rows.stream().map(row -> row.task().name()).distinct().count());
        for (var row : rows) {
            assertEquals(row, BenchRows.named(row.task().name()));
        }
        assertThrows(IllegalArgumentException.class, () -> BenchRows.named("nothing"));
    }

    @Test
    void everyRowHasSomeoneToDoItAndACost() {
        for (var row : BenchRows.all()) {
            assertTrue(Peers.present().stream().anyMatch(peer -> peer.offer(row.task()).isPresent()),
                    () -> row.task().name());
            var cost = row.task().cost();
            assertTrue(cost.flops() > 0 || cost.bytes() > 0, () -> row.task().name());
        }
    }

    @Test
    void costsCountAFusedMultiplyAddTwice() {
        assertEquals(2.0 * 512 * 512 * 512, BenchRows.named("sgemm 512x512x512").task().cost().flops());
        // 784·300 + 300·100 + 100·10 weights; the first layer has no gradient with respect to its input.
        assertEquals(2.0 * 64 * (3 * 266_200 - 235_200),
                BenchRows.named("train 784-300-100-10 b64").task().cost().flops());
        assertEquals(938, BenchRows.named("train 784-300-100-10 b64").info().perEpoch());
    }
}
