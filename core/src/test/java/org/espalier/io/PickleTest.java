package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles are written as text, each character a byte: {@code pickletools.dis} of Python explains them. */
class PickleTest {

    /** Knows one function, and keeps what lies outside. */
    private static final Pickle.Objects OBJECTS = new Pickle.Objects() {
        @Override
        public Object named(String module, String name) throws FormatException {
            if (!module.equals("m") || !name.equals("f")) {
                throw new FormatException("p", "no " + module + "." + name);
            }
            return "f";
        }

        @Override
        public Object call(Object function, List<Object> arguments) {
            return List.of(function, arguments);
        }

        @Override
        public Object outside(Object key) {
            return "outside " + key;
        }
    };

    private static Object read(String pickle) throws FormatException {
        byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
        return new Pickle("p", ByteBuffer.wrap(bytes), OBJECTS, new Pickle.Budget("p", bytes.length)).read();
    }

    private static void assertRefused(String complaint, String pickle) {
        var refusal = assertThrows(FormatException.class, () -> read(pickle));
        assertTrue(refusal.getMessage().contains(complaint), refusal.getMessage());
    }

    @Test
    void plainValuesAreRead() throws FormatException {
        assertSame(Pickle.NONE, read("\u0080\2N."));
        assertEquals(true, read("\u0080\2\u0088."));
        assertEquals(false, read("\u0080\2\u0089."));
        assertEquals(200L, read("\u0080\2K\310."));
        assertEquals(65_281L, read("\u0080\2M\1\377."));
        assertEquals(-2L, read("\u0080\2J\376\377\377\377."));
        assertEquals(0L, read("\u0080\2\u008a\0."));
        assertEquals(-256L, read("\u0080\2\u008a\2\0\377."));
        assertEquals(BigInteger.TWO.pow(70), read("\u0080\2\u008a\11\0\0\0\0\0\0\0\0@."));
        assertEquals(-1.5, read("\u0080\2G\277\370\0\0\0\0\0\0."));
        assertEquals("na\u00efve", read("\u0080\2X\6\0\0\0na\u00c3\u00afve."));
        assertEquals("ab", read("\u0080\4\u008c\2ab\u0094."));
        assertEquals("ab", read("\u0080\5\u0095\0\0\0\0\0\0\0\0\u008d\2\0\0\0\0\0\0\0ab."));
        assertEquals("ab", read("\u0080\2U\2ab."));
        assertArrayEquals(new byte[] {1, 2}, (byte[]) read("\u0080\3C\2\1\2."));
    }

    @Test
    void textAndBytesOfEveryLengthFieldAreRead() throws FormatException {
        assertEquals("ab", read("\u0080\2T\2\0\0\0ab."));
        assertArrayEquals(new byte[] {1, 2}, (byte[]) read("\u0080\3B\2\0\0\0\1\2."));
        assertArrayEquals(new byte[] {1, 2}, (byte[]) read("\u0080\4\u008e\2\0\0\0\0\0\0\0\1\2."));
        assertRefused("the pickle is cut off", "\u0080\2X\2\0\0\0ab");
    }

    @Test
    void integersUpTo64BytesAreRead() throws FormatException {
        assertEquals(Long.MAX_VALUE, read("\u0080\2\u008a\10\377\377\377\377\377\377\377\177."));
        assertEquals(Long.MIN_VALUE, read("\u0080\2\u008a\10\0\0\0\0\0\0\0\200."));
        assertEquals(BigInteger.TWO.pow(63), read("\u0080\2\u008a\11\0\0\0\0\0\0\0\200\0."));
        assertEquals(BigInteger.TWO.pow(504), read("\u0080\2\u008a@" + "\0".repeat(63) + "\1."));
        assertRefused("an integer of 65 bytes", "\u0080\2\u008aA" + "\0".repeat(65) + ".");
    }

    @Test
    void theStackIsDoubledAndCutToItsMark() throws FormatException {
        assertEquals(List.of(5L, 5L), read("\u0080\2K\0052\u0086."));
        assertEquals(5L, read("\u0080\2K\5(K\6K\7" + "1."));
        assertEquals(Map.of("a", 1L, 7L, true), read("\u0080\2(U\1aK\1K\7\u0088d."));
    }

    @Test
    void collectionsAreRead() throws FormatException {
        assertEquals(List.of(), read("\u0080\2)."));
        assertEquals(List.of(1L, 2L, 3L), read("\u0080\2K\1K\2K\3\u0087."));
        assertEquals(List.of(1L, 2L, 3L, 4L), read("\u0080\2(K\1K\2K\3K\4t."));
        assertEquals(List.of(1L, 2L, 3L), read("\u0080\2]K\1a(K\2K\3e."));
        assertEquals(Map.of("a", 1L, "b", List.of()), read("\u0080\2}X\1\0\0\0aK\1s(X\1\0\0\0b]u."));
        assertEquals(List.of(List.of(7L), List.of(7L)), read("\u0080\2K\7\u0085q\0h\0\u0086."));
        assertEquals(5L, read("\u0080\2K\5K\6" + "0."));
    }

    @Test
    void namesCallsAndWhatLiesOutsideGoToTheObjects() throws FormatException {
        assertEquals(List.of("f", List.of(1L)), read("\u0080\2cm\nf\nK\1\u0085R."));
        assertEquals(List.of("f", List.of()), read("\u0080\4\u008c\1m\u008c\1f\u0093)R."));
        assertEquals("outside 3", read("\u0080\2K\3Q."));
        assertRefused("no os.system", "\u0080\2cos\nsystem\nU\2ls\u0085R.");
    }

    @Test
    void attributesOfADictionaryArePassedOver() throws FormatException {
        assertEquals(Map.of(), read("\u0080\2}}U\1aK\1sb."));
        assertRefused("sets the state of an object", "\u0080\2]}b.");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "N.", "\u0080\1N.", "\u0080\6N.", "\u0080\2", "\u0080\2.", "\u0080\2K", "\u0080\2J\1\2",
        "\u0080\2X\377\0\0\0a.",
        "\u0080\2X\377\377\377\377a.", "\u0080\2\u008d\1\0\0\0\0\0\0\u0080a.", "\u0080\2\u008a\377.", "\u0080\2(.",
        "\u0080\2t.", "\u0080\2K\1\u0086.", "\u0080\2(K\1\u0086.", "\u0080\2K\1K\2a.", "\u0080\2}K\1s.",
        "\u0080\2}(K\1u.", "\u0080\2}]K\1s.", "\u0080\2h\0.", "\u0080\2K\1q\1.", "\u0080\2K\1r\377\377\377\377.",
        "\u0080\2j\377\377\377\377.", "\u0080\2cm", "\u0080\2K\1K\2\u0093.", "\u0080\2cm\nf\nK\1R.", "\u0080\2)\u0081.",
        "\u0080\2(im\nf\n.", "\u0080\2P1\n.", "\u0080\2\u0082\1.", "\u0080\2V1\n.", "\u0080\2\u008f."
    })
    void whatIsNoSuchPickleIsRefused(String pickle) {
        assertThrows(FormatException.class, () -> read(pickle));
    }

    @Test
    void aLongNameIsRefused() {
        assertRefused("a name of more than", "\u0080\2c" + "a".repeat(10_000) + "\nf\n.");
        assertRefused("a name of more than 500 bytes", "\u0080\2c" + "a".repeat(501) + "\nf\n.");
        assertRefused("no " + "a".repeat(500) + ".f", "\u0080\2c" + "a".repeat(500) + "\nf\n.");
    }

    /** Each of these makes much of few bytes by one instruction; a tenth of it is within the bound. */
    @Test
    void everyInstructionPaysForWhatItMakes() throws FormatException {
        assertBounded("U\0", 60_000, "");
        assertBounded("]q\0(", "h\0", 35_000, "e");
        assertBounded("Nq\0(", "h\0", 60_000, "t");
        assertBounded("N\u0094", 100_000, "");
        assertBounded("}(", "K\1N", 8_000, "u");
        assertBounded("(" + "N".repeat(1_000) + "tq\0cm\nf\nq\1", "h\1h\0R", 1_000, "");
    }

    private static void assertBounded(String repeated, int times, String end) throws FormatException {
        assertBounded("N", repeated, times, end);
    }

    private static void assertBounded(String begin, String repeated, int times, String end) throws FormatException {
        read("\u0080\2" + begin + repeated.repeat(times / 10) + end + ".");
        assertRefused("more than a state of its length needs",
                "\u0080\2" + begin + repeated.repeat(times) + end + ".");
    }

    @Test
    void objectsBeyondTheBudgetAreRefused() {
        for (String many : List.of("}", "]", "N", "K\1\u0085", ")")) {
            String pickle = "\u0080\2" + many.repeat(1_000_000) + ".";
            assertRefused("more than a state of its length needs", pickle);
            long allocated = Allocation.of(() -> read(pickle)) - 2L * pickle.length();
            assertTrue(allocated <= Allocation.allowed(pickle.length()), many + ": " + allocated + " bytes");
        }
        // a list of 256 is doubled again and again
        assertRefused("more than a state", "\u0080\2]q\0(" + "N".repeat(256) + "e"
                + ("(" + "h\0h\0\u0086" + "e").repeat(2_000) + "(" + "cm\nf\nh\0R".repeat(100_000) + "t.");
    }
}
