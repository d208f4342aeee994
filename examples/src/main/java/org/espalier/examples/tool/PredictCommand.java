package org.espalier.examples.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.espalier.io.Csv;
import org.espalier.io.CsvColumn;
import org.espalier.io.CsvOptions;
import org.espalier.io.FormatException;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Schema;
import org.espalier.tensor.Tensor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers the rows of a CSV file. */
@Command(
        name = "predict",
        description = "Answers the rows of a CSV file, in their order.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  espalier predict wine.safetensors --data wine.csv --out answers.csv",
            "  espalier predict wine.safetensors --data wine.csv --json",
            "  espalier predict net.onnx --data rows.csv --no-header --raw"
        })
final class PredictCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A model of any kind.")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "FILE",
            description = "A CSV file with the model's columns; others are not read. Without a header the columns must "
                    + "stand in the model's order.")
    private Path data;

    @Option(names = "--columns", split = ",", paramLabel = "NAME",
            description = "The columns to read, for a model that does not name its own.")
    private List<String> columns = List.of();

    @Option(names = "--raw", description = "The plain outputs of the model: logits or numbers.")
    private boolean raw;

    @Option(names = "--lenient",
            description = "Take words that the model has not learned, and gaps where it learned of none, for missing.")
    private boolean lenient;

    @Option(names = "--json", description = "A JSON object for each row, one on a line.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to this file.")
    private Path out;

    @Mixin
    private CsvFormat format;

    @Mixin
    private ModelOptions reading;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var saved = reading.read(model);
        var answers = saved.schema().isPresent() && !raw
                ? named(saved, saved.schema().get())
                : plain(saved);
        if (out == null) {
            answers.write(spec.commandLine().getOut(), json);
            return Failures.GOOD;
        }
        var text = new StringWriter();
        answers.write(new PrintWriter(text), json);
        TextFile.write(out, text.toString());
        return Failures.GOOD;
    }

    private Predictions named(SavedModel saved, Schema schema) throws IOException {
        var predictor = Predictor.of(saved.file().orElseThrow());
        var rows = rows(schema);
        return Predictions.of(schema.target(), (lenient ? predictor.lenient() : predictor).predictAll(rows));
    }

    private Tensor rows(Schema schema) throws IOException {
        var wanted = schema.columns().stream().map(TableData::csv).toList();
        var read = format.hasNoHeader() ? TableData.numbered(wanted) : wanted;
        if (!lenient) {
            return Csv.read(data, format.apply(CsvOptions.standard().withColumns(read), data)).values();
        }
        var any = read.stream()
                .map(column -> column.category() ? CsvColumn.category(column.name(), List.of()) : column)
                .toList();
        return LenientWords.coded(
                Csv.read(data, format.apply(CsvOptions.standard().withColumns(any), data)), schema);
    }

    private Tensor numbers(CsvOptions options) throws IOException {
        try {
            return Csv.read(data, options).values();
        } catch (FormatException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + (columns.isEmpty() ? "; choose the columns to read with --columns" : ""), e);
        }
    }

    /** The outputs for rows of numbers: with the names of the classes if the file has them. */
    private Predictions plain(SavedModel saved) throws IOException {
        Tensor rows;
        if (saved.schema().isPresent()) {
            rows = rows(saved.schema().get());
        } else {
            var names = columns.isEmpty() ? saved.columns() : columns;
            var options = format.apply(CsvOptions.standard(), data);
            boolean choose = !names.isEmpty() && !format.hasNoHeader();
            rows = numbers(choose ? options.select(names.toArray(String[]::new)) : options);
            int in = saved.model().in();
            if (in > 0 && rows.dim(1) != in) {
                throw new IllegalArgumentException("the model reads " + in + " numbers a row, but " + data
                        + " has " + rows.dim(1) + " columns; choose them with --columns");
            }
        }
        var outputs = saved.outputs(rows);
        return raw || saved.classes().isEmpty()
                ? Predictions.raw(outputs)
                : Predictions.of(saved.classes(), outputs, saved.model());
    }
}
