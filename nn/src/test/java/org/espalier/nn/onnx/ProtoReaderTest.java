package org.espalier.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.espalier.io.FormatException;
import org.junit.jupiter.api.Test;

class ProtoReaderTest {

    private static ProtoReader reader(String hex) {
        return ProtoReader.of("bytes", HexFormat.of().parseHex(hex));
    }

    @Test
    void fieldsComeInOrderAndMayBeSkipped() throws FormatException {
        var in = reader("089601" + "1a03089601" + "120774657374696e67" + "250000803f" + "310000000000000000");

        assertTrue(in.next());
        assertEquals(150, in.integer());
        assertTrue(in.next());
        assertEquals(3, in.field());
        assertTrue(in.next());
        assertEquals("testing", in.text());
        assertEquals(8, in.offset());
        assertTrue(in.next());
        assertEquals(1f, in.real());
        assertTrue(in.next());
        assertFalse(in.next());
    }

    @Test
    void numbersMayBePackedOrNot() throws FormatException {
        var in = reader("089601" + "0a03960105");
        var numbers = new ArrayList<Long>();
        while (in.next()) {
            in.integers(numbers::add);
        }

        assertEquals(List.of(150L, 150L, 5L), numbers);
    }

    @Test
    void damageIsRefusedWithItsPlace() {
        assertRefused(0, "08");
        assertRefused(0, "08ffffffffffffffffff02");
        assertRefused(0, "0a05000000");
        assertRefused(0, "0affffffffffffffffff01");
        assertRefused(0, "0d000000");
        assertRefused(0, "0b");
        assertRefused(0, "0000");
        assertRefused(2, "080100");
        assertRefused(0, "ffffffffffffffffff01");
    }

    @Test
    void aFieldOfAnotherKindIsRefused() throws FormatException {
        var in = reader("0801");
        in.next();

        assertThrows(FormatException.class, in::text);
        assertThrows(FormatException.class, in::real);
        assertThrows(FormatException.class, in::message);
    }

    @Test
    void textMustBeUtf8() throws FormatException {
        var in = reader("0a01ff");
        in.next();

        assertThrows(FormatException.class, in::text);
    }

    private static void assertRefused(long offset, String hex) {
        var in = reader(hex);
        var problem = assertThrows(FormatException.class, () -> {
            while (in.next()) {
                in.field();
            }
        });
        assertEquals(offset, problem.offset());
    }
}
