package org.espalier.examples.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Target;
import org.espalier.tensor.Storage;
import org.espalier.tensor.Tensor;

/**
 * A model that is served: how it answers rows, and what can be told of it.
 *
 * @param name the file's name
 * @param fileBytes the size of the file
 * @param model the layers, for gradients
 * @param predictor answers rows
 */
record ServedModel(String name, long fileBytes, Layer model, Predictor predictor) {
    /** Reads a model file; one without a schema has columns x0, x1, … and classes 0, 1, … or a value. */
    static ServedModel read(Path path) throws IOException {
        var file = ModelFile.read(path);
        var predictor = file.metadata().containsKey(Schema.KEY) ? Predictor.of(file) : unnamed(file);
        return new ServedModel(path.getFileName().toString(), Files.size(path), file.model(), predictor);
    }

    private static Predictor unnamed(ModelFile file) throws FormatException {
        var served = InferenceModel.of(file);
        var columns = IntStream.range(0, served.in())
                .mapToObj(i -> new Schema.Column("x" + i, java.util.List.of(), false))
                .toList();
        var classes = served.classes().size() == served.out()
                ? served.classes()
                : IntStream.range(0, served.out()).mapToObj(Integer::toString).toList();
        return Predictor.of(file.model(), new Schema(columns,
                served.out() == 1 ? new Target.Regression("value") : new Target.Classes("class", classes)));
    }

    /** Schema and sizes. */
    Json.Obj toJson() {
        long weights = 0;
        long kept = 0;
        for (var parameter : model.parameters().values()) {
            weights += parameter.size();
            for (float value : Storage.array(parameter.value())) {
                kept += value == 0 ? 0 : 1;
            }
        }
        return Json.object()
                .with("name", name)
                .with("inputs", predictor.model().in())
                .with("outputs", predictor.model().out())
                .with("weights", weights)
                .with("nonzero", kept)
                .with("file_bytes", fileBytes)
                .with("memory_bytes", predictor.model().bytes())
                .with("steps", predictor.model().toString())
                .with("schema", predictor.schema().toJson());
    }

    /** What each input adds to the largest output: its gradient times its value, [inputs]. */
    float[] attention(float[] row) {
        var x = Tensor.of(org.espalier.tensor.Shape.of(1, row.length), row).withGrad();
        var output = model.forward(x);
        int best = output.argmax()[0];
        var gradient = output.slice(1, best, best + 1).sum().backward().of(x);
        return gradient.times(x.detach()).toArray();
    }
}
