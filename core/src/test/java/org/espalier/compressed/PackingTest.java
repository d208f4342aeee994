package org.espalier.compressed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.espalier.io.FormatException;
import org.junit.jupiter.api.Test;

class PackingTest {
    @Test
    void theTextReadsBack() throws FormatException {
        for (var layout : Layout.values()) {
            for (var encoding : EncodingTest.all()) {
                var packing = new Packing(layout, encoding);
                assertEquals(packing, Packing.parse(packing.toString()));
            }
        }
        assertEquals(new Packing(Layout.GAPS, Encoding.intPerRow(8)), Packing.parse("gaps int8"));
        assertEquals("all f32", Packing.NONE.toString());
    }

    @Test
    void anythingElseIsRefused() {
        for (var text : new String[] {"", "gaps", "gaps ", "gaps int9", "gaps int8 ", "GAPS int8", "all codebook0"}) {
            assertThrows(FormatException.class, () -> Packing.parse(text));
        }
    }
}
