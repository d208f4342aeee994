package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderTest {

    private static NpyHeader parse(String text) throws FormatException {
        return NpyHeader.parse("x.npy", text.getBytes(StandardCharsets.ISO_8859_1), 10);
    }

    private static String with(String descr, String order, String shape) {
        return "{'descr': %s, 'fortran_order': %s, 'shape': %s, }\n".formatted(descr, order, shape);
    }

    @Test
    void theDictionaryIsReadHoweverPythonWritesIt() throws FormatException {
        var expected = new NpyHeader(DType.F32, true, false, Shape.of(2, 3));
        assertEquals(expected, parse("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), }   \n"));
        assertEquals(expected, parse("{'shape':(2,3,),'fortran_order':False,'descr':'>f4'}\n"));
        assertEquals(expected, parse("{ \"descr\" : \">f4\" , \"shape\" : ( 2 , 3 ) , \"fortran_order\" : False }\n"));
    }

    @Test
    void tuplesOfEveryRankAreRead() throws FormatException {
        assertEquals(Shape.of(), parse(with("'<f4'", "True", "()")).shape());
        assertEquals(Shape.of(7), parse(with("'<f4'", "True", "(7,)")).shape());
        assertEquals(Shape.of(0, 2147483647), parse(with("'<f4'", "True", "(0, 2147483647)")).shape());
        assertEquals(0, parse(with("'<f4'", "True", "(2147483647, 2147483647, 0)")).shape().size());
        assertEquals(64, parse(with("'<f4'", "True", "(" + "1, ".repeat(64) + ")")).shape().rank());
    }

    @ParameterizedTest
    @CsvSource({"f4, F32", "=f4, F32", "<f4, F32", "=i8, I64", "b1, BOOL", "=u1, U8"})
    void aTypeWithoutByteOrderIsLittleEndian(String descr, DType type) throws FormatException {
        var expected = new NpyHeader(type, false, false, Shape.of(2));
        assertEquals(expected, parse(with("'" + descr + "'", "False", "(2,)")));
    }

    @Test
    void theIntegersOfPython2AreRead() throws FormatException {
        assertEquals(Shape.of(2), parse(with("'<f4'", "False", "(2L,)")).shape());
        assertEquals(Shape.of(2, 3, 4), parse(with("'<f4'", "False", "(2L, 3, 4L)")).shape());
    }

    @ParameterizedTest
    @CsvSource({"F32, '(2, 3)', <f4", "U8, '(5,)', |u1", "BOOL, (), |b1"})
    void whatIsPrintedIsRead(DType type, String tuple, String descr) throws FormatException {
        Shape shape = parse(with("'<f4'", "False", tuple)).shape();
        String printed = NpyHeader.print(type, shape);
        assertEquals(with("'" + descr + "'", "False", tuple), printed + "\n");
        assertEquals(new NpyHeader(type, false, false, shape), parse(printed + "\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "|O", "O", "<O8", "|S4", "<U4", "<M8[ns]", "<c8", "<f16", "<f3", "=f3", "==f4", "|f4", "", "<", "<f4 ",
                "V8", "<f4'\\"
            })
    void elementsThatAreNoPlainNumbersAreRefused(String descr) {
        assertThrows(FormatException.class, () -> parse(with("'" + descr + "'", "False", "()")));
    }

    @Test
    void picklesAndStructuresAreNamedAsTheReason() {
        var pickle = assertThrows(FormatException.class, () -> parse(with("'|O'", "False", "()")));
        assertTrue(pickle.getMessage().contains("pickle"), pickle.getMessage());
        assertEquals(20, pickle.offset());
        var structure = assertThrows(FormatException.class, () -> parse(with("[('a', '<f4')]", "False", "()")));
        assertTrue(structure.getMessage().contains("structures"), structure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2", "(2)", "(2, 3", "2, 3)", "[2, 3]", "(-1,)", "(1.0,)", "(1e3,)", "(2147483648,)",
                "(4294967296,)", "(99999999999999999999,)", "(65536, 65536)", "(,)", "(1,,)", "(1 2)", "(03,)",
                "(3LL,)", "(L,)", "(0x3,)", "(True,)", "((1,),)", "(1_0,)", "None", "__import__('os')"
            })
    void aShapeThatIsNoTupleOfSizesIsRefused(String shape) {
        assertThrows(FormatException.class, () -> parse(with("'<f4'", "False", shape)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "'False'", "None", "Fals", "Truee", "", "True or False", "not True"})
    void anOrderThatIsNoTruthValueIsRefused(String order) {
        assertThrows(FormatException.class, () -> parse(with("'<f4'", order, "()")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "\n", "{}\n", "{", "[]\n", "{'descr': '<f4', 'shape': ()}\n",
                "{'fortran_order': True, 'shape': ()}\n", "{'descr': '<f4', 'fortran_order': True}\n",
                "{'descr': '<f4', 'fortran_order': True, 'shape': ()}",
                "{'descr': '<f4', 'fortran_order': True, 'shape': ()} x\n",
                "{'descr': '<f4', 'fortran_order': True, 'shape': ()}\n\n",
                "{'descr': '<f4', 'fortran_order': True, 'shape': ()}\n ",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (), 'extra': ()}\n",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (), 'shape': ()}\n",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': True, 'shape': ()}\n",
                "{'descr': '<f4', 'fortran_order': True, 'fortran_order': True, 'shape': ()}\n",
                "{'descr': '<f4' 'fortran_order': True, 'shape': ()}\n", "{,}\n", "{'descr' '<f4'}\n",
                "{descr: 1}\n", "{'descr': '<f4\", 'fortran_order': True, 'shape': ()}\n", "{'descr': '<f4",
                "{'d\u00e9scr': '<f4'}\n"
            })
    void aDictionaryThatIsNotTheOneIsRefused(String text) {
        var refusal = assertThrows(FormatException.class, () -> parse(text));
        assertTrue(refusal.offset() >= 10 && refusal.offset() <= 10 + text.length(), refusal.getMessage());
    }

    @Test
    void noPartOfADictionaryIsTakenForTheWhole() throws FormatException {
        for (String text : new String[] {
            "{'descr': '<f4', 'fortran_order': True, 'shape': (12, 3L)}\n",
            "{'shape': (2147483647, 0), 'fortran_order': False, 'descr': '>i8'}\n"
        }) {
            parse(text);
            for (int length = 0; length < text.length(); length++) {
                String part = text.substring(0, length);
                assertThrows(FormatException.class, () -> parse(part), part);
            }
        }
    }

    @Test
    void moreThan64SizesAreRefused() {
        refused("more than 64 sizes", 0, with("'<f4'", "True", "(" + "1, ".repeat(65) + ")"));
        refused("expected a comma", 0, with("'<f4'", "True", "(1 2)"));
    }

    /** The dictionary begins at byte 10, its first value at byte 20. */
    @Test
    void aRefusalNamesTheByte() {
        refused("an array of structures", 20, "{'descr': [('a', '<f4')], 'fortran_order': True, 'shape': ()}\n");
        refused("a shape this library cannot hold", 20,
                "{'shape': (65536, 65536), 'fortran_order': True, 'descr': '<f4'}\n");
        // A blank is a plain character, and no type.
        refused("elements of type '<f4 '", 20, "{'descr': '<f4 ', 'fortran_order': True, 'shape': ()}\n");
    }

    private static void refused(String reason, long offset, String text) {
        var refusal = assertThrows(FormatException.class, () -> parse(text));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
        assertTrue(offset == 0 || refusal.offset() == offset, refusal.getMessage());
    }
}
