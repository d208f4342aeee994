package org.espalier.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tables as text, read to numbers: words become the indices of their levels, missing values NaN.
 *
 * {@snippet :
 * import org.espalier.tensor.Tensor;
 * Path file = Files.writeString(Files.createTempFile("credit", ".csv"), "age,outcome\n41,good\n,bad\n");
 * CsvTable table = Csv.read(file, CsvOptions.standard().withDetectedCategories().withMissing());
 * int[] outcome = table.codes("outcome"); // 0, 1
 * Tensor inputs = table.without("outcome").values(); // [2, 1]: 41, NaN
 * }
 *
 * <p>Lines end with LF or CR LF; a field in quotes may hold separators, line ends and doubled quotes; blanks around a
 * field and empty lines do not count. Every row has as many fields as the first. Numbers are the same in any locale and
 * are rounded once, to the nearest float32. Whatever is wrong is an exception that names row, column and remedy; rows
 * are counted from 1, the header being a row.
 *
 * <p>A file is read twice, to find its columns and then its values, and never held in memory as text.
 *
 * <p>Source: RFC 4180.
 */
public final class Csv {

    /** Most columns. */
    public static final int MOST_COLUMNS = 10_000;

    /** Opens the same text again and again. */
    private interface Text {
        InputStream open() throws IOException;
    }

    private Csv() {}

    /**
     * Reads a file.
     *
     * @param path the file
     * @param options what it looks like and what is wanted of it
     * @return its table
     * @throws FormatException if it is no table, a row has too few or too many fields, a field is not what its column
     *     needs, or the quoting is wrong
     * @throws IOException if it cannot be read
     */
    public static CsvTable read(Path path, CsvOptions options) throws IOException {
        return read(path.toString(), () -> Files.newInputStream(path), options);
    }

    /**
     * Reads a stream to its end, holding its text in memory.
     *
     * @param name what to call it in exceptions
     * @param stream the text; not closed
     * @param options what it looks like and what is wanted of it
     * @return its table
     * @throws FormatException as {@link #read(Path, CsvOptions)}
     * @throws IOException if it cannot be read
     */
    public static CsvTable read(String name, InputStream stream, CsvOptions options) throws IOException {
        byte[] text = stream.readAllBytes();
        return read(name, () -> new ByteArrayInputStream(text), options);
    }

    /**
     * Reads a text held in memory.
     *
     * @param text the bytes of the text
     * @param options what it looks like and what is wanted of it
     * @return its table
     * @throws FormatException as {@link #read(Path, CsvOptions)}
     */
    public static CsvTable read(byte[] text, CsvOptions options) throws FormatException {
        return InMemory.read(() -> read("CSV text", () -> new ByteArrayInputStream(text), options));
    }

    private static CsvTable read(String source, Text text, CsvOptions options) throws IOException {
        CsvHeader header = header(source, text, options);
        CsvSurvey survey = survey(source, text, header, options);
        List<CsvColumn> columns = survey.columns();
        long rows = survey.rows();
        if (rows * columns.size() > ByteInput.LONGEST_ARRAY) {
            throw new FormatException(source,
                    rows + " rows of " + columns.size() + " columns do not fit in one array; use Csv.batches(...)");
        }
        try (InputStream stream = text.open()) {
            CsvScanner in = rows(source, stream, header, options);
            CsvTable table = new CsvBatches(in, stream, header, options, columns, (int) rows).table();
            if (table.rows() != rows || in.hasRow()) {
                throw new FormatException(source, "the file was changed while it was read");
            }
            return table;
        }
    }

    /**
     * Finds the columns of a file and the levels of its categories, without holding its values.
     *
     * @param path the file
     * @param options what it looks like and what is wanted of it
     * @return the columns that {@link #read(Path, CsvOptions)} gives
     * @throws FormatException if it is no table, a row has too few or too many fields, or the quoting is wrong
     * @throws IOException if it cannot be read
     */
    public static List<CsvColumn> columns(Path path, CsvOptions options) throws IOException {
        Text text = () -> Files.newInputStream(path);
        return columns(path.toString(), text, header(path.toString(), text, options), options);
    }

    /**
     * Opens a file to read it in batches of rows. If it has levels that the options do not give, it is read once
     * before, to find them.
     *
     * @param path the file
     * @param options what it looks like and what is wanted of it
     * @param rows most rows in a batch
     * @return the batches, to be closed
     * @throws FormatException as {@link #read(Path, CsvOptions)}
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException unless a batch may have a row
     */
    public static CsvBatches batches(Path path, CsvOptions options, int rows) throws IOException {
        if (rows < 1) {
            throw new IllegalArgumentException("a batch of " + rows + " rows");
        }
        String source = path.toString();
        Text text = () -> Files.newInputStream(path);
        CsvHeader header = header(source, text, options);
        List<CsvColumn> columns = columns(source, text, header, options);
        InputStream stream = text.open();
        try {
            return new CsvBatches(rows(source, stream, header, options), stream, header, options, columns, rows);
        } catch (IOException | RuntimeException e) {
            stream.close();
            throw e;
        }
    }

    /**
     * Reads one row, such as a service is sent.
     *
     * @param line its fields, in the order of the columns
     * @param columns what the fields are
     * @param options separator, missing words and so on; columns and levels are not taken from here
     * @return the values: numbers, indices of levels, NaN for what is missing
     * @throws FormatException if there are too few or too many fields, or one is not what its column needs
     */
    public static float[] row(String line, List<CsvColumn> columns, CsvOptions options) throws FormatException {
        return InMemory.read(() -> {
            var names = columns.stream().map(CsvColumn::name).toList();
            int[] places = IntStream.range(0, names.size()).toArray();
            CsvScanner in = CsvScanner.of("CSV row", line.getBytes(options.charset()), options);
            in.name(names);
            if (!in.hasRow()) {
                throw new FormatException("CSV row", 0, "expected a row");
            }
            var values = new float[names.size()];
            new CsvBatches(in, null, new CsvHeader(names, places, columns), options, columns, 1).row(values, 0);
            if (in.hasRow()) {
                throw new FormatException("CSV row", 0, "expected one row, but there are more");
            }
            return values;
        });
    }

    private static CsvHeader header(String source, Text text, CsvOptions options) throws IOException {
        try (InputStream stream = text.open()) {
            return CsvHeader.read(CsvScanner.of(source, stream, options), options);
        }
    }

    private static List<CsvColumn> columns(String source, Text text, CsvHeader header, CsvOptions options)
            throws IOException {
        return CsvSurvey.isNeeded(header, options) ? survey(source, text, header, options).columns() : header.columns();
    }

    private static CsvSurvey survey(String source, Text text, CsvHeader header, CsvOptions options) throws IOException {
        try (InputStream stream = text.open()) {
            var survey = new CsvSurvey(rows(source, stream, header, options), header, options);
            survey.run();
            return survey;
        }
    }

    /** A scanner that has passed the header. */
    private static CsvScanner rows(String source, InputStream stream, CsvHeader header, CsvOptions options)
            throws IOException {
        CsvScanner in = CsvScanner.of(source, stream, options);
        if (options.header() && in.hasRow()) {
            while (in.next()) {
                // The names have been read.
            }
        }
        in.name(header.names());
        return in;
    }
}
