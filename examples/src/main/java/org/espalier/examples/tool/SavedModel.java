package org.espalier.examples.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.FileKind;
import org.espalier.io.FormatException;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Schema;

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

    /** A new file of another model with what this one says of columns and classes. */
    ModelFile fileOf(Layer other) {
        return carry(ModelFile.of(other));
    }

    /** A file with what this one says of columns and classes. */
    ModelFile carry(ModelFile other) {
        var result = other;
        for (var key : List.of(Schema.KEY, InferenceModel.CLASSES)) {
            var value = metadata().get(key);
            result = value == null ? result : result.with(key, value);
        }
        return result;
    }
}
