package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.CsvColumn;
import org.espalier.io.CsvTable;
import org.espalier.io.DType;
import org.espalier.io.Npz;
import org.espalier.io.RawTensor;
import org.espalier.nn.table.Table;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;

/**
 * Arrays of a NumPy archive: inputs [n, …] under x, X or x_train, targets [n] under y, Y or y_train, and perhaps x_test
 * and y_test. Bytes of three axes are images, other arrays a table of columns x0, x1, ….
 *
 * @param path the archive
 * @param inputs the array of inputs, if it has another name
 * @param targets the array of targets, if it has another name
 * @param task how targets of numbers are meant
 */
record ArchiveData(Path path, Optional<String> inputs, List<String> targets, DataOptions.Task task) {
    private static final List<String> INPUTS = List.of("x", "X", "x_train", "X_train", "inputs", "data");
    private static final List<String> TARGETS = List.of("y", "Y", "y_train", "Y_train", "target", "targets", "labels");

    Data read() throws IOException {
        var arrays = Npz.read(path).arrays();
        var x = array(arrays, inputs, INPUTS, "inputs");
        var y = array(arrays, targets.stream().findFirst(), TARGETS, "target");
        var data = data(arrays.get(x), arrays.get(y), y);
        var testX = arrays.get(x.replace("train", "test"));
        var testY = arrays.get(y.replace("train", "test"));
        return x.contains("train") && testX != null && testY != null
                ? data.withTest(data(testX, testY, y).rows())
                : data;
    }

    private String array(Map<String, RawTensor> arrays, Optional<String> given, List<String> usual, String what) {
        var found = given.isPresent()
                ? given.filter(arrays::containsKey)
                : usual.stream().filter(arrays::containsKey).findFirst();
        return found.orElseThrow(() -> new IllegalArgumentException(path + " has no array "
                + given.orElse(String.join(" or ", usual)) + "; there are " + arrays.keySet() + ": name the right one "
                + "with --" + what));
    }

    private Data data(RawTensor x, RawTensor y, String target) {
        var name = path.getFileName().toString();
        if (x.dtype() == DType.U8 && x.shape().rank() == 3) {
            return ImageData.of(name, x, y);
        }
        int rows = x.shape().rank() == 0 ? 0 : x.shape().dim(0);
        if (x.shape().rank() < 2 || y.shape().size() != rows) {
            throw new IllegalArgumentException(path + " needs inputs [n, …] and targets [n], not " + x + " and " + y);
        }
        int width = rows == 0 ? 0 : x.shape().size() / rows;
        var columns = new ArrayList<CsvColumn>();
        for (int i = 0; i < width; i++) {
            columns.add(CsvColumn.numbers("x" + i));
        }
        columns.add(CsvColumn.numbers(target));
        float[] inputs = x.toFloats();
        float[] wanted = y.toFloats();
        var values = new float[rows * (width + 1)];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(inputs, row * width, values, row * (width + 1), width);
            values[row * (width + 1) + width] = wanted[row];
        }
        var csv = new CsvTable(columns, Storage.adopt(Shape.of(rows, width + 1), values));
        return Data.of(name, switch (task) {
            case AUTO -> Table.of(csv, target);
            case CLASSES -> Table.classification(csv, target);
            case NUMBER -> Table.regression(csv, target);
        });
    }
}
