package org.espalier.nn.infer;

import java.util.HashMap;
import java.util.Map;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.step.Format;
import org.espalier.nn.step.LinearFormat;
import org.espalier.nn.step.Step;

/**
 * The formats that a model file asks for: those of the table in its metadata, made by a measurement, for layers of the
 * sizes it names; for the others the form that the weights have in the file.
 */
final class FileFormats implements LinearFormat {
    /** One line of the table. */
    private record Line(long in, long out, Format format) {}

    private final Map<String, Line> lines;
    private final LinearFormat others;

    private FileFormats(Map<String, Line> lines, LinearFormat others) {
        this.lines = lines;
        this.others = others;
    }

    /**
     * The formats for a file.
     *
     * @throws FormatException if it has a table that is damaged
     */
    static LinearFormat of(ModelFile file) throws FormatException {
        var others = LinearFormat.packed(file.packed());
        var text = file.metadata().get(InferenceModel.FORMATS);
        if (text == null) {
            return others;
        }
        if (!(Json.parse(text) instanceof Json.Obj table)) {
            throw new FormatException("format table", "is not a JSON object");
        }
        var lines = new HashMap<String, Line>();
        for (var item : table.items("layers")) {
            if (!(item instanceof Json.Obj line)) {
                throw new FormatException("format table", "a layer is not an object");
            }
            var format = Format.named(line.string("chosen"));
            if (format.isEmpty()) {
                throw new FormatException("format table", "no format is called " + line.string("chosen"));
            }
            lines.put(line.string("layer"), new Line(line.integer("in"), line.integer("out"), format.get()));
        }
        return new FileFormats(lines, others);
    }

    @Override
    public Step step(Weights weights) {
        var line = lines.get(weights.name());
        return line != null && line.in == weights.in() && line.out == weights.out()
                ? line.format.step(weights)
                : others.step(weights);
    }
}
