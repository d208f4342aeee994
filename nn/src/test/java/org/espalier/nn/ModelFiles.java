package org.espalier.nn;

import org.espalier.io.FormatException;
import org.espalier.nn.model.ModelFile;

/** Models through files. */
final class ModelFiles {
    private ModelFiles() {}

    /** What is read from the file of a model. */
    static Layer copy(Layer model) throws FormatException {
        return ModelFile.read(ModelFile.of(model).toBytes(), LayerKinds.standard()).model();
    }
}
