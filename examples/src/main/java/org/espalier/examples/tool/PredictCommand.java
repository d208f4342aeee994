package org.espalier.examples.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.espalier.io.Csv;
import org.espalier.nn.table.Prediction;
import org.espalier.nn.table.Predictor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Answers the rows of a CSV file. */
@Command(
        name = "predict",
        description = "Answers the rows of a CSV file: a line with the answer for each, or JSON.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  espalier predict credit.safetensors --data new.csv --json"})
final class PredictCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A model file with a schema.")
    private Path model;

    @Option(names = "--data", required = true, paramLabel = "FILE",
            description = "A CSV file with a header that has the model's columns; others are not read.")
    private Path data;

    @Option(names = "--json", description = "A JSON object with all probabilities for each row.")
    private boolean json;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to this file.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var predictor = Predictor.load(model);
        var answers = predictor.predictAll(Csv.read(data, predictor.schema().csvOptions()).values());
        if (out == null) {
            print(spec.commandLine().getOut(), answers);
        } else {
            try (var writer = new PrintWriter(Files.newBufferedWriter(out, StandardCharsets.UTF_8))) {
                print(writer, answers);
            }
        }
        return 0;
    }

    private void print(PrintWriter writer, Iterable<Prediction> answers) {
        for (var answer : answers) {
            writer.println(json ? answer.toJson().compact() : answer.answer());
        }
        writer.flush();
    }
}
