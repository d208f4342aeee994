package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.espalier.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvTest {

    private static final CsvOptions STANDARD = CsvOptions.standard();

    @TempDir
    private Path directory;

    private static CsvTable read(String text, CsvOptions options) throws FormatException {
        return Csv.read(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static FormatException refusal(String text, CsvOptions options) {
        return assertThrows(FormatException.class, () -> read(text, options));
    }

    @Test
    void numbersGoToATensorAndWordsToSortedCodes() throws FormatException {
        CsvTable iris = read(
                "length,species,width\n5.1,setosa,3.5\n7.0,versicolor,3.2\n6.3,Virginica,3.3\n4.9,setosa,3.0\n",
                STANDARD.withCategories("species"));
        assertEquals(List.of("length", "width"), iris.columns());
        assertEquals(Shape.of(4, 2), iris.values().shape());
        assertArrayEquals(new float[] {5.1f, 3.5f, 7.0f, 3.2f, 6.3f, 3.3f, 4.9f, 3.0f}, iris.values().toArray());
        CsvTable.Category species = iris.categories().get("species");
        assertEquals(List.of("Virginica", "setosa", "versicolor"), species.levels());
        assertArrayEquals(new int[] {1, 2, 0, 1}, species.codes());
        assertEquals("versicolor", species.word(1));
        assertEquals(4, iris.rows());
    }

    @Test
    void lineEndsMarksAndAMissingLastLineEndMakeNoDifference() throws FormatException {
        for (String text : List.of(
                "a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\r\n3,4", "\ufeffa,b\n1,2\n3,4\n\n\r\n",
                "a,b\n1, 2\t\n 3,4",
                "\"a\",\"b\"\n\"1\",\" 2 \"\n3,4")) {
            CsvTable table = read(text, STANDARD);
            assertEquals(List.of("a", "b"), table.columns(), text);
            assertArrayEquals(new float[] {1, 2, 3, 4}, table.values().toArray(), text);
        }
    }

    @Test
    void quotedFieldsHoldSeparatorsLineEndsAndQuotes() throws FormatException {
        CsvTable table = read(
                "\"a,\"\"b\"\"\",w\n1,\"x\ny\"\n2,\"say \"\"hi\"\", ok\"\n3,\"\"\n4,\"plain\"\n5,plain\n6,\n",
                STANDARD.withCategories("w"));
        assertEquals(List.of("a,\"b\""), table.columns());
        CsvTable.Category words = table.categories().get("w");
        assertEquals(List.of("", "plain", "say \"hi\", ok", "x\ny"), words.levels());
        assertArrayEquals(new int[] {3, 2, 0, 1, 1, 0}, words.codes());
    }

    @Test
    void anySeparatorAndNoHeader() throws FormatException {
        CsvTable table = read("1;x;-2\n3;y;4e1\n", STANDARD.withSeparator(';').withoutHeader().withCategories("1"));
        assertEquals(List.of("0", "2"), table.columns());
        assertArrayEquals(new float[] {1, -2, 3, 40}, table.values().toArray());
        assertArrayEquals(new float[] {1, 2}, read("a\tb\n1\t2", STANDARD.withSeparator('\t')).values().toArray());
    }

    @Test
    void theLocaleMakesNoDifference() throws FormatException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            assertArrayEquals(new float[] {1.5f}, read("a\n1.5", STANDARD).values().toArray());
            assertArrayEquals(
                    new float[] {Float.POSITIVE_INFINITY}, read("a\nINF", STANDARD.withNonFinite()).values().toArray());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatIsNotFiniteIsReadOnlyWhenAskedFor() throws FormatException {
        String text = "a\nnan\n-Inf\n+infinity\n1e99\n";
        float[] expected = {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
        assertArrayEquals(expected, read(text, STANDARD.withNonFinite()).values().toArray());
        assertTrue(refusal(text, STANDARD).getMessage().contains("row 2, column 1: expected a finite number"));
        assertTrue(refusal("a\n1e99", STANDARD).getMessage().contains("beyond the range"));
        assertArrayEquals(
                new float[] {1, Float.NaN, Float.NaN, 2},
                read("a,b\n1,\n ,2", STANDARD.withEmptyAsNaN()).values().toArray());
    }

    @Test
    void aTableWithoutRowsOrWithoutNumbersIsEmpty() throws FormatException {
        assertEquals(Shape.of(0, 2), read("a,b\n", STANDARD).values().shape());
        CsvTable words = read("w\nx\ny\n", STANDARD.withCategories("w"));
        assertEquals(Shape.of(2, 0), words.values().shape());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|expected a row", "\\n\\n|expected a row", "a,b\\n1|row 2: expected 2 fields but found 1",
                "a,b\\n1,2\\n1,2,3\\n|row 3: expected 2 fields but found 3",
                "a,b\\n1,2\\n\\n1,2|row 3: expected 2 fields",
                "a,b\\n1,x\\n|row 2, column 2: expected a number but found ~x~",
                "a\\n1,5\\n|expected 1 fields but found 2",
                "a,b\\n1,\\n|row 2, column 2: expected a number but the field is empty", "a,a\\n1,2|a second column",
                "a\\n1f|found ~1f~", "a\\n0x10|found ~0x10~", "a\\n1_000|found", "a\\n\u0661|found",
                "a\\n~1|row 2, column 1: a quote that is never closed", "a\\n~1~~|never closed",
                "a\\n~1~2|expected the end of the field", "a\\n1~2~|a quote inside a field",
                "a\\n1\\r2\\n|carriage return", "a\\r1|carriage return", "a\\n1\\r|carriage return",
                "\ufeff\\n|expected a row"
            })
    void aMalformedTextIsRefusedWithItsPlace(String escaped, String complaint) {
        String text = escaped.replace('~', '"').translateEscapes();
        FormatException refusal = refusal(text, STANDARD);
        assertTrue(refusal.getMessage().contains(complaint.replace('~', '"')), refusal.getMessage());
        assertTrue(refusal.offset() >= 0 && refusal.offset() <= text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void otherEncodingsAreRefused() {
        for (var charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            byte[] text = "\ufeffa\n1\n".getBytes(charset);
            var refusal = assertThrows(FormatException.class, () -> Csv.read(text, STANDARD));
            assertTrue(refusal.getMessage().contains("UTF-16"), refusal.getMessage());
        }
        byte[] latin = "w\nna\u00efve\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(FormatException.class, () -> Csv.read(latin, STANDARD.withCategories("w")));
        byte[] name = "na\u00efve\n1\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(FormatException.class, () -> Csv.read(name, STANDARD));
    }

    @Test
    void aWantedColumnThatIsNotThereIsNamed() {
        FormatException refusal = refusal("a,b\n1,2\n", STANDARD.withCategories("z", "y"));
        assertTrue(refusal.getMessage().contains("no column \"y\" among a, b"), refusal.getMessage());
    }

    @Test
    void thereAreLimitsOnColumnsAndWords() {
        assertTrue(refusal(",".repeat(Csv.MOST_COLUMNS), STANDARD.withoutHeader()).getMessage().contains("columns"));
        var text = new StringBuilder("w\n");
        for (int i = 0; i <= CsvWords.MOST_LEVELS; i++) {
            text.append(i).append('\n');
        }
        FormatException refusal = refusal(text.toString(), STANDARD.withCategories("w"));
        assertTrue(refusal.getMessage().contains("row 10002, column 1: more than 10000"), refusal.getMessage());
    }

    @Test
    void aFileOnDiskIsNamedInTheComplaint() throws IOException {
        Path path = directory.resolve("data.csv");
        Files.writeString(path, "a\n1\n");
        assertArrayEquals(new float[] {1}, Csv.read(path, STANDARD).values().toArray());
        Files.writeString(path, "a\nb\n");
        var refusal = assertThrows(FormatException.class, () -> Csv.read(path, STANDARD));
        assertEquals(path + ", offset 2: row 2, column 1: expected a number but found \"b\"", refusal.getMessage());
    }

    @Test
    void denseTablesTakeNoMoreThanFourTimesTheText() throws FormatException {
        byte[] numbers = ("1,".repeat(99) + "1\n").repeat(20_000).getBytes(StandardCharsets.UTF_8);
        byte[] words = "x\ny\n".repeat(500_000).getBytes(StandardCharsets.UTF_8);
        CsvOptions plain = STANDARD.withoutHeader();
        Csv.read(numbers, plain);
        assertTrue(Allocation.of(() -> Csv.read(numbers, plain)) <= Allocation.allowed(numbers.length));
        long allocated = Allocation.of(() -> Csv.read(words, plain.withCategories("0")));
        assertTrue(allocated <= Allocation.allowed(words.length), allocated + " bytes");
    }
}
