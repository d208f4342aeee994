package org.espalier.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/**
 * A table in batches of rows, for tables larger than memory: only one batch is held. All batches have the same columns
 * and codes.
 *
 * <pre>{@code
 * try (var batches = Csv.batches(path, options, 10_000)) {
 *     while (batches.hasNext()) {
 *         CsvTable batch = batches.next();
 *     }
 * }
 * }</pre>
 */
public final class CsvBatches implements Closeable {

    private final CsvScanner in;
    private final Closeable file;
    private final int[] places;
    private final List<CsvColumn> columns;
    private final CsvFields fields;
    private final int rows;

    /** The scanner is where the rows begin. */
    CsvBatches(CsvScanner in, Closeable file, CsvHeader header, CsvOptions options, List<CsvColumn> columns, int rows) {
        this.in = in;
        this.file = file;
        this.places = header.places();
        this.columns = List.copyOf(columns);
        this.fields = new CsvFields(options, columns);
        this.rows = rows;
    }

    /**
     * The columns of every batch.
     *
     * @return the columns
     */
    public List<CsvColumn> columns() {
        return columns;
    }

    /**
     * Whether there are more rows.
     *
     * @return false at the end of the table
     * @throws IOException if the file cannot be read
     */
    public boolean hasNext() throws IOException {
        return in.hasRow();
    }

    /**
     * The next rows.
     *
     * @return as many as were asked for, or what is left
     * @throws FormatException if a row has too few or too many fields, or a field is not what its column needs
     * @throws IOException if the file cannot be read
     * @throws NoSuchElementException if no row is left
     */
    public CsvTable next() throws IOException {
        if (!in.hasRow()) {
            throw new NoSuchElementException("no row is left");
        }
        return table();
    }

    /** The next rows, or none. */
    CsvTable table() throws IOException {
        int width = columns.size();
        var values = new float[rows * width];
        int count = 0;
        while (count < rows && in.hasRow()) {
            row(values, count * width);
            count++;
        }
        float[] read = count == rows ? values : Arrays.copyOf(values, count * width);
        return new CsvTable(columns, Storage.adopt(Shape.of(count, width), read));
    }

    /** Reads one row into an array. */
    void row(float[] values, int from) throws IOException {
        int field = 0;
        for (; in.next(); field++) {
            int place = field < places.length ? places[field] : -1;
            if (place >= 0) {
                values[from + place] = fields.value(in, place);
            }
        }
        if (field != places.length) {
            throw in.ragged(field);
        }
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
