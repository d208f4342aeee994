package org.espalier.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class DataLoaderTest {
    private final DataLoader plain = DataLoader.of(DatasetTest.numbered(10), 4);

    private static List<Integer> targets(Iterable<Batch> batches) {
        var all = new ArrayList<Integer>();
        for (var batch : batches) {
            for (float target : batch.targets().toArray()) {
                all.add((int) target);
            }
        }
        return all;
    }

    @Test
    void withoutShufflingTheOrderIsTheDatasets() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), targets(plain.epoch(3)));
        assertEquals(3, plain.batches());
    }

    @Test
    void theSmallLastBatchCanBeLeftOut() {
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), targets(plain.dropLast().epoch(0)));
        assertEquals(2, plain.dropLast().batches());
        assertEquals(0, DataLoader.of(DatasetTest.numbered(0), 4).batches());
    }

    @Test
    void everyEpochHasEverySampleOnceInAnOrderOfItsOwn() {
        var shuffled = plain.shuffle(5);
        var first = targets(shuffled.epoch(0));
        var second = targets(shuffled.epoch(1));
        assertFalse(first.equals(second));
        assertEquals(targets(plain.epoch(0)), first.stream().sorted().toList());
        assertEquals(targets(plain.epoch(0)), second.stream().sorted().toList());
    }

    @Test
    void anEpochIsAFunctionOfSeedAndNumber() {
        var again = DataLoader.of(DatasetTest.numbered(10), 4).shuffle(5);
        assertEquals(targets(plain.shuffle(5).epoch(7)), targets(again.epoch(7)));
        assertFalse(Arrays.equals(again.order(7), plain.shuffle(6).order(7)));
    }

    @Test
    void anEpochCanBeTakenUpAtAnyBatch() {
        var shuffled = plain.shuffle(5);
        var whole = targets(shuffled.epoch(2));
        for (int batch = 0; batch <= 3; batch++) {
            var rest = whole.subList(Math.min(10, 4 * batch), 10);
            assertEquals(rest, targets(shuffled.epoch(2, batch)));
        }
    }

    @Test
    void batchesAreGatheredFreshly() {
        var batches = plain.epoch(0).iterator();
        var first = batches.next();
        batches.next();
        assertArrayEquals(new float[] {0, 1, 2, 3}, first.targets().toArray());
        batches.next();
        assertThrows(NoSuchElementException.class, batches::next);
    }

    @Test
    void aBatchNeedsASample() {
        assertThrows(IllegalArgumentException.class, () -> DataLoader.of(DatasetTest.numbered(1), 0));
    }

    @Test
    void aSingleLastSampleCanJoinTheBatchBefore() {
        assertEquals(List.of(3, 4), sizes(DataLoader.of(DatasetTest.numbered(7), 3).joinSingle()));
        assertEquals(List.of(3, 2), sizes(DataLoader.of(DatasetTest.numbered(5), 3).joinSingle()));
        assertEquals(List.of(3, 3), sizes(DataLoader.of(DatasetTest.numbered(6), 3).joinSingle()));
        assertEquals(List.of(1), sizes(DataLoader.of(DatasetTest.numbered(1), 3).joinSingle()));
        assertEquals(List.of(1, 1), sizes(DataLoader.of(DatasetTest.numbered(2), 1).joinSingle()));
    }

    private static List<Integer> sizes(DataLoader loader) {
        var sizes = new ArrayList<Integer>();
        for (var batch : loader.epoch(0)) {
            sizes.add(batch.size());
        }
        assertEquals(loader.batches(), sizes.size());
        return sizes;
    }
}
