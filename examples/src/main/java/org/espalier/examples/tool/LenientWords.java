package org.espalier.examples.tool;

import org.espalier.io.CsvTable;
import org.espalier.nn.table.Schema;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/** Words of a file as the numbers by which a model knows them; words it does not know are missing values. */
final class LenientWords {
    private LenientWords() {}

    /**
     * The rows as the model takes them.
     *
     * @param csv the columns of the schema, in its order, with words numbered as the file has them
     */
    static Tensor coded(CsvTable csv, Schema schema) {
        float[] values = csv.values().toArray();
        int width = csv.columns().size();
        for (int column = 0; column < width; column++) {
            var known = schema.columns().get(column).levels();
            var here = csv.columns().get(column).levels();
            for (int at = column; at < values.length && !known.isEmpty(); at += width) {
                int code = Float.isNaN(values[at]) ? -1 : known.indexOf(here.get((int) values[at]));
                values[at] = code < 0 ? Float.NaN : code;
            }
        }
        return Storage.adopt(csv.values().shape(), values);
    }
}
