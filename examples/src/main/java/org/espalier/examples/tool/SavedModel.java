package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.FileKind;
import org.espalier.io.FormatException;
import org.espalier.nn.Layer;
import org.espalier.nn.Mode;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Schema;
import org.espalier.tensor.NoGrad;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A model read from a file of any kind.
 *
 * @param path the file
 * @param kind what it is
 * @param model the layers
 * @param file the file, if it is one of this library
 * @param schema what the model's columns and results are, if the file says so
 * @param columns the names of the inputs, if the file has them without a schema
 * @param assumptions what had to be assumed to read it
 */
record SavedModel(Path path, FileKind kind, Layer model, Optional<ModelFile> file, Optional<Schema> schema,
        List<String> columns, List<String> assumptions) {
    private static final int ROWS = 512;

    /** Takes its own copies. */
    SavedModel {
        columns = List.copyOf(columns);
        assumptions = List.copyOf(assumptions);
    }

    /** A model that came without a schema. */
    static SavedModel of(Path path, FileKind kind, Layer model, List<String> columns, List<String> assumptions) {
        return new SavedModel(path, kind, model, Optional.empty(), Optional.empty(), columns, assumptions);
    }

    /** A model file of this library. */
    static SavedModel own(Path path) throws IOException {
        var file = ModelFile.read(path);
        var section = file.section(Schema.KEY);
        return new SavedModel(path, FileKind.MODEL, file.model(), Optional.of(file),
                section.isPresent() ? Optional.of(Schema.fromJson(section.get())) : Optional.empty(), List.of(),
                List.of());
    }

    /** The size of the file. */
    long bytes() throws IOException {
        return Files.size(path);
    }

    /** What the file says about itself: the schema, class names, the recipe. */
    Map<String, String> metadata() {
        return file.map(ModelFile::metadata).orElse(Map.of());
    }

    /** Ready to predict, with the formats that the file asks for. */
    InferenceModel compiled() throws FormatException {
        return file.isPresent() ? InferenceModel.of(file.get()) : InferenceModel.of(model);
    }

    /** The names of the classes, by index; empty if the file has none. */
    List<String> classes() throws FormatException {
        return metadata().containsKey(InferenceModel.CLASSES) ? compiled().classes() : List.of();
    }

    /** What the model gives for rows [n, in]: [n, out]. */
    Tensor outputs(Tensor rows) {
        int count = rows.dim(0);
        float[] all = null;
        int width = 0;
        for (int from = 0; from < count; from += ROWS) {
            var some = rows.slice(0, from, Math.min(count, from + ROWS));
            var given = NoGrad.call(() -> model.forward(some, Mode.inference()));
            width = given.size() / some.dim(0);
            all = all == null ? new float[count * width] : all;
            System.arraycopy(Storage.array(given), 0, all, from * width, given.size());
        }
        return all == null ? Tensor.zeros(Shape.of(0, 0)) : Storage.adopt(Shape.of(count, width), all);
    }

    /** What this file says of columns and classes, for a file made of it. */
    Map<String, String> carried() {
        var carried = new LinkedHashMap<String, String>();
        for (var key : List.of(Schema.KEY, InferenceModel.CLASSES)) {
            if (metadata().containsKey(key)) {
                carried.put(key, metadata().get(key));
            }
        }
        return carried;
    }
}
