package org.espalier.spark;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.LayerKinds;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Schema;

/**
 * A model as tasks carry it: its fingerprint, and the bytes of its file that each executor gets once.
 *
 * @param fingerprint SHA-256 of the file
 * @param file the bytes
 * @param schema what the rows are, as JSON, if the file does not say; otherwise empty
 * @param lenient whether words that are no level, and missing values where the training rows had none, are filled in
 */
record SharedModel(String fingerprint, Broadcast<byte[]> file, String schema, boolean lenient)
        implements Serializable {
    /** The models of all tasks of this JVM. */
    static final JvmCache<Predictor> MODELS = new JvmCache<>(8);

    /** The model, built once in each JVM. */
    Predictor predictor() throws FormatException {
        var predictor = MODELS.get(fingerprint + schema, () -> read(file.value(), schema));
        return lenient ? predictor.lenient() : predictor;
    }

    /** Reads a model; a schema given replaces that of the file. */
    static Predictor read(byte[] file, String schema) throws FormatException {
        var model = ModelFile.read(file, LayerKinds.standard());
        return Predictor.of(schema.isEmpty() ? model : model.with(Schema.KEY, (Json.Obj) Json.parse(schema)));
    }
}
