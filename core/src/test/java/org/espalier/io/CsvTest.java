package org.espalier.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.espalier.tensor.Shape;
import org.espalier.trials.Allocation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    private static final CsvOptions STANDARD = CsvOptions.standard();
    private static final float NAN = Float.NaN;

    @TempDir
    private Path directory;

    private static CsvTable read(String text, CsvOptions options) throws FormatException {
        return Csv.read(text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static FormatException refusal(String text, CsvOptions options) {
        return assertThrows(FormatException.class, () -> read(text, options));
    }

    private static void assertRefused(String complaint, String text, CsvOptions options) {
        String message = refusal(text, options).getMessage();
        assertTrue(message.contains(complaint), message);
    }

    @Test
    void numbersAreValuesAndWordsSortedCodes() throws FormatException {
        CsvTable iris = read(
                "length,species,width\n5.1,setosa,3.5\n7.0,versicolor,3.2\n6.3,Virginica,3.3\n4.9,setosa,3.0\n",
                STANDARD.withCategories("species"));
        assertEquals(List.of("length", "species", "width"), iris.names());
        assertEquals(Shape.of(4, 3), iris.values().shape());
        assertArrayEquals(new float[] {5.1f, 3.5f, 7.0f, 3.2f, 6.3f, 3.3f, 4.9f, 3.0f},
                iris.without("species").values().toArray());
        assertEquals(List.of("Virginica", "setosa", "versicolor"), iris.levels("species"));
        assertArrayEquals(new int[] {1, 2, 0, 1}, iris.codes("species"));
        assertEquals(4, iris.rows());
    }

    @Test
    void lineEndsMarksBlanksEmptyLinesAndAMissingLastLineEndMakeNoDifference() throws FormatException {
        for (String text : List.of(
                "a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\n1,2\r\n3,4", "\ufeffa,b\n1,2\n3,4\n\n\r\n",
                "a,b\n1, 2\t\n 3,4", "\"a\",\"b\"\n\"1\",\" 2 \"\n3,4", " a ,\tb\n1 , \"2\" \n3,4\n",
                "\n\na,b\n\n1,2\n\r\n3,4\n")) {
            CsvTable table = read(text, STANDARD);
            assertEquals(List.of("a", "b"), table.names(), text);
            assertArrayEquals(new float[] {1, 2, 3, 4}, table.values().toArray(), text);
        }
    }

    @Test
    void quotedFieldsHoldSeparatorsLineEndsAndQuotes() throws FormatException {
        CsvTable table = read(
                "\"a,\"\"b\"\"\",w\n1,\"x\ny\"\n2,\"say \"\"hi\"\", ok\"\n3,\"\"\n4,\"plain\"\n5,plain\n6,\n",
                STANDARD.withCategories("w"));
        assertEquals(List.of("a,\"b\"", "w"), table.names());
        assertEquals(List.of("", "plain", "say \"hi\", ok", "x\ny"), table.levels("w"));
        assertArrayEquals(new int[] {3, 2, 0, 1, 1, 0}, table.codes("w"));
    }

    @Test
    void wordsAreTheSameWithAndWithoutBlanksAround() throws FormatException {
        CsvTable table = read("w\nx\n x\nx \n\" x \"\n\"x\"\ny z\n", STANDARD.withCategories("w"));
        assertEquals(List.of("x", "y z"), table.levels("w"));
        assertArrayEquals(new int[] {0, 0, 0, 0, 0, 1}, table.codes("w"));
    }

    @Test
    void anySeparatorAndNoHeader() throws FormatException {
        CsvTable table = read("1;x;-2\n3;y;4e1\n", STANDARD.withSeparator(';').withoutHeader().withCategories("1"));
        assertEquals(List.of("0", "1", "2"), table.names());
        assertArrayEquals(new float[] {1, 0, -2, 3, 1, 40}, table.values().toArray());
        assertArrayEquals(new float[] {1, 2}, read("a\tb\n1\t2", STANDARD.withSeparator('\t')).values().toArray());
        assertArrayEquals(new float[] {1, NAN, NAN, 2},
                read("a\tb\n1\t\n\t2", STANDARD.withSeparator('\t').withMissing("")).values().toArray());
    }

    @Test
    void decimalCommas() throws FormatException {
        CsvOptions german = STANDARD.withSeparator(';').withDecimalComma();
        assertArrayEquals(new float[] {3.14f, -0.5f, 2, 1250},
                read("a;b\n3,14;-,5\n2;1,25e3\n", german).values().toArray());
        assertRefused("found \"1.234,5\"", "a;b\n1.234,5;1\n", german);
        assertRefused("found \"1.5\"", "a;b\n1.5;1\n", german);
        assertRefused("found \"1,5\"; for decimal commas use withDecimalComma()", "a;b\n1,5;1\n",
                STANDARD.withSeparator(';'));
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
        float[] expected = {NAN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.POSITIVE_INFINITY};
        assertArrayEquals(expected, read(text, STANDARD.withNonFinite()).values().toArray());
        assertRefused("row 2, column \"a\": expected a finite number", text, STANDARD);
        assertRefused("beyond the range", "a\n1e99", STANDARD);
    }

    @Test
    void missingValuesAreNaNWhereTheirWordsAreGiven() throws FormatException {
        String text = "a,w\n1,x\n,NA\nNA,\n ? ,y\n-999,x\n";
        CsvTable table = read(text, STANDARD.withCategories("w").withMissing());
        assertArrayEquals(new float[] {1, NAN, NAN, NAN, -999}, table.column("a"));
        assertEquals(List.of("x", "y"), table.levels("w"));
        assertArrayEquals(new float[] {0, NAN, NAN, 1, 0}, table.column("w"));
        assertArrayEquals(new float[] {1, NAN},
                read("a\n1\n-999\n", STANDARD.withMissing("-999")).values().toArray());
        assertRefused("row 3, column \"a\": expected a number but the field is empty; if it means a missing value, "
                + "use withMissing()", text, STANDARD.withCategories("w"));
        assertRefused("found \"NA\"; if it means a missing value, use withMissing()", "a\nNA\n", STANDARD);
        assertArrayEquals(new float[] {NAN, NAN},
                read("a\n\"\"\n''\n", STANDARD.withMissing("", "''")).values().toArray());
    }

    @Test
    void columnsAreChosenOrLeftOutByName() throws FormatException {
        String text = "id,name,x,x2,y\n7,Ann,1,2,3\n8,\"B, C\",4,5,6\n";
        CsvTable table = read(text, STANDARD.without("id", "name"));
        assertEquals(List.of("x", "x2", "y"), table.names());
        assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, table.values().toArray());
        CsvTable some = read(text, STANDARD.select("y", "x"));
        assertEquals(List.of("y", "x"), some.names());
        assertArrayEquals(new float[] {3, 1, 6, 4}, some.values().toArray());
        assertRefused("no column \"z\" among id, name, x, x2, y", text, STANDARD.select("z"));
        assertRefused("no column \"z\" among", text, STANDARD.without("z"));
        assertRefused("all columns are left out", "a\n1\n", STANDARD.without("a"));
    }

    @Test
    void columnsWithoutANameAndTwiceTheSameName() throws FormatException {
        assertEquals(List.of("column 1", "a"), read(",a\n0,1\n", STANDARD).names());
        assertEquals(List.of("b"), read("a,a,b\n1,2,3\n", STANDARD.without("a")).names());
        assertRefused("two columns are called \"a\"", "a,a,b\n1,2,3\n", STANDARD);
    }

    @Test
    void wordsAreFoundWhenAskedFor() throws FormatException {
        CsvTable table = read("x,w,n\n1,b,\n2,a,\n3,,\n", STANDARD.withDetectedCategories().withMissing());
        assertEquals(List.of(CsvColumn.numbers("x"), CsvColumn.category("w", List.of("a", "b")),
                CsvColumn.numbers("n")), table.columns());
        assertArrayEquals(new float[] {1, 1, NAN, 2, 0, NAN, 3, NAN, NAN}, table.values().toArray());
        assertRefused("row 4, column \"x\": the column has words (\"3+\") and numbers", "x\n1\n2\n3+\n",
                STANDARD.withDetectedCategories());
        assertRefused("row 3, column \"x\": the column has words (\"low\") and numbers (\"2\")", "x\nlow\n2\n",
                STANDARD.withDetectedCategories());
    }

    @Test
    void levelsThatAreNumbersAreSortedByValue() throws FormatException {
        CsvTable table = read("d\n10\n9\n-1\n10\n9.5\n", STANDARD.withCategories("d"));
        assertEquals(List.of("-1", "9", "9.5", "10"), table.levels("d"));
        assertArrayEquals(new int[] {3, 1, 0, 3, 2}, table.codes("d"));
    }

    @Test
    void levelsOfAnotherTableKeepTheirCodes() throws FormatException {
        CsvTable train = read("job,age\nretired,70\nskilled,30\nown,50\n", STANDARD.withCategories("job"));
        CsvTable one = read("id,age,job\n1,65,retired\n", STANDARD.withColumns(train.columns()));
        assertEquals(List.of("job", "age"), one.names());
        assertArrayEquals(new float[] {1, 65}, one.values().toArray());
        assertRefused("row 2, column \"job\": the word \"baker\" is not among the levels own, retired, skilled",
                "age,job\n1,baker\n", STANDARD.withColumns(train.columns()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-05", "05.01.2024", "1/5/24", "2024-01-05T10:00:00Z", "12:30", "5 Jan 2024"})
    void datesAreRefusedClearly(String date) {
        assertRefused("row 3, column \"when\": expected a number but found \"" + date + "\", a date or time",
                "x,when\n1,2\n1," + date + "\n", STANDARD);
        assertRefused("row 2, column \"when\": found \"" + date + "\", a date or time; leave the column out",
                "x,when\n1," + date + "\n", STANDARD.withDetectedCategories());
    }

    @Test
    void aDateMayBeACategoryIfThatIsWanted() throws FormatException {
        assertEquals(List.of("2024-01", "2024-02-01"),
                read("m\n2024-01\n2024-02-01\n", STANDARD.withCategories("m")).levels("m"));
    }

    @Test
    void aTableWithoutRowsIsEmpty() throws FormatException {
        assertEquals(Shape.of(0, 2), read("a,b\n", STANDARD).values().shape());
        assertEquals(Shape.of(0, 1), read("w", STANDARD.withCategories("w")).values().shape());
        assertEquals(List.of(CsvColumn.category("w", List.of())), read("w", STANDARD.withCategories("w")).columns());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~~|this is an empty file", "\\n\\n|expected a row",
                "a,b\\n1|row 2: expected 2 fields but found 1; it ends before column ~b~",
                "a,b\\n1,2\\n1,2,3\\n|row 3: expected 2 fields but found 3; there are more after column ~b~",
                "a,b\\n1,2\\n \\n1,2|row 3: expected 2 fields but found 1", "a\\n1\\n\\n2\\n|row 3: the line is empty",
                "a,b\\n1,x\\n|row 2, column ~b~: expected a number but found ~x~; a column of words is named in "
                        + "withCategories(...) or without(...)",
                "a\\n1,5\\n|expected 1 fields but found 2",
                "a,b\\n1,\\n|row 2, column ~b~: expected a number but the field is empty",
                "a,a\\n1,2|two columns are called", "a\\n1f|found ~1f~", "a\\n0x10|found ~0x10~", "a\\n1_000|found",
                "a\\n\u0661|found", "a;b\\n1;2\\n|if its fields are separated by ';', use withSeparator(';')",
                "a\\tb\\n1\\t2\\n|use withSeparator('\\t')",
                "a\\n~1|row 2, column ~a~: a quote that is never closed", "a\\n~1~~|never closed",
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
    void otherEncodingsAreReadWhenTheyAreNamed() throws FormatException {
        for (var charset : List.of(StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            byte[] text = "\ufeffa\n1\n".getBytes(charset);
            var refusal = assertThrows(FormatException.class, () -> Csv.read(text, STANDARD));
            assertTrue(refusal.getMessage().contains("UTF-16: save it as UTF-8"), refusal.getMessage());
        }
        byte[] latin = "w\nna\u00efve\n".getBytes(StandardCharsets.ISO_8859_1);
        var word = assertThrows(FormatException.class, () -> Csv.read(latin, STANDARD.withCategories("w")));
        assertTrue(word.getMessage().contains("column \"w\" has a word that is not UTF-8"), word.getMessage());
        byte[] name = "na\u00efve\n1\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThrows(FormatException.class, () -> Csv.read(name, STANDARD));
        var options = STANDARD.withCharset(StandardCharsets.ISO_8859_1);
        assertEquals(List.of("na\u00efve"), Csv.read(name, options).names());
        assertEquals(List.of("na\u00efve"), Csv.read(latin, options.withCategories("w")).levels("w"));
        byte[] euro = "w\n5 \u20ac\n".getBytes(Charset.forName("windows-1252"));
        assertEquals(List.of("5 \u20ac"), Csv.read(euro,
                STANDARD.withCharset(Charset.forName("windows-1252")).withCategories("w")).levels("w"));
    }

    @Test
    void aWantedColumnThatIsNotThereIsNamed() {
        assertRefused("no column \"z\" among a, b", "a,b\n1,2\n", STANDARD.withCategories("z", "y"));
        assertRefused("no column \"a\" among a;b; if its fields are separated by ';', use withSeparator(';')",
                "a;b\n1;2\n", STANDARD.select("a"));
    }

    @Test
    void thereAreLimitsOnColumnsAndWords() {
        assertRefused("columns", ",".repeat(Csv.MOST_COLUMNS), STANDARD.withoutHeader());
        var text = new StringBuilder("w\n");
        for (int i = 0; i <= CsvLevels.MOST; i++) {
            text.append(i).append('\n');
        }
        assertRefused("row 10002, column \"w\": more than 10000", text.toString(), STANDARD.withCategories("w"));
    }

    @Test
    void aColumnOfTextIsNoCategory() throws FormatException {
        var text = new StringBuilder("w\n");
        for (int i = 0; i < 1_001; i++) {
            text.append('n').append(i).append('\n');
        }
        assertRefused("column \"w\" has 1001 different words in 1001 rows: that is text, not a category",
                text.toString(), STANDARD.withCategories("w"));
        assertEquals(1_001, read("w\n" + text.substring(2).repeat(8), STANDARD.withCategories("w")).levels("w").size());
        assertEquals(1, read(text.toString().replace("w\n", "w,x\n").replaceAll("(n\\d+)", "$1,2"),
                STANDARD.without("w")).columns().size());
    }

    @Test
    void aFileOnDiskIsNamedInTheComplaint() throws IOException {
        Path path = directory.resolve("data.csv");
        Files.writeString(path, "a\n1\n");
        assertArrayEquals(new float[] {1}, Csv.read(path, STANDARD).values().toArray());
        assertEquals(List.of(CsvColumn.numbers("a")), Csv.columns(path, STANDARD));
        Files.writeString(path, "a\nb\n");
        assertEquals(List.of(CsvColumn.category("a", List.of("b"))),
                Csv.columns(path, STANDARD.withDetectedCategories()));
        var refusal = assertThrows(FormatException.class, () -> Csv.read(path, STANDARD));
        assertTrue(refusal.getMessage().startsWith(
                path + ", offset 2: row 2, column \"a\": expected a number but found \"b\""), refusal.getMessage());
    }

    @Test
    void aStreamIsReadToItsEnd() throws IOException {
        var stream = new ByteArrayInputStream("a,w\n1,x\n".getBytes(StandardCharsets.UTF_8));
        assertArrayEquals(new float[] {1, 0},
                Csv.read("upload", stream, STANDARD.withDetectedCategories()).values().toArray());
    }

    @Test
    void aRowOfAServiceIsReadByTheColumnsOfTheTable() throws FormatException {
        var columns = List.of(CsvColumn.numbers("age"), CsvColumn.category("job", List.of("own", "skilled")));
        assertArrayEquals(new float[] {41, 1}, Csv.row("41, skilled", columns, STANDARD));
        assertArrayEquals(new float[] {NAN, 0}, Csv.row(";own\n", columns, STANDARD.withSeparator(';').withMissing()));
        for (String line : List.of("", "41", "41,skilled,3", "41,baker", "x,own", "41,own\n42,own")) {
            var refusal = assertThrows(FormatException.class, () -> Csv.row(line, columns, STANDARD), line);
            assertTrue(refusal.getMessage().startsWith("CSV row"), refusal.getMessage());
        }
    }

    @Test
    void fieldsAtTheEdgesOfTheBufferAreRead() throws IOException {
        for (int length = (1 << 16) - 40; length < (1 << 16) + 40; length += 7) {
            String word = "x".repeat(length);
            CsvTable table = read("w,a\n\"" + word + "\",1\n" + word + ",2.5\n", STANDARD.withCategories("w"));
            assertEquals(List.of(word), table.levels("w"));
            assertArrayEquals(new float[] {1, 2.5f}, table.column("a"));
        }
        assertRefused("a field of more than 1048576 bytes", "w,a\n\"" + "x".repeat(2 << 20), STANDARD.without("w"));
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
