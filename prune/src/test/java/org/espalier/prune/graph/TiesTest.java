package org.espalier.prune.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TiesTest {

    @Test
    void aSetIsNamedByItsSmallestSlotInWhateverOrderItWasTied() {
        var ties = new Ties();
        ties.span(200);
        ties.tie(150, 7);
        ties.tie(199, 150);
        ties.tie(3, 199);
        assertEquals(3, ties.unit(7));
        assertEquals(3, ties.unit(150));
        assertEquals(8, ties.unit(8));
    }

    @Test
    void spansAreTiedIndexByIndex() {
        var ties = new Ties();
        var one = ties.span(3);
        var other = ties.span(3);
        ties.tie(one, other);
        assertEquals(ties.unit(one.slot(2)), ties.unit(other.slot(2)));
        assertNotEquals(ties.unit(one.slot(1)), ties.unit(other.slot(2)));
        assertEquals(6, ties.size());
        var longer = ties.span(4);
        assertThrows(IllegalArgumentException.class, () -> ties.tie(one, longer));
    }
}
