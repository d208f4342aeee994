package org.espalier.examples.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.io.AtomicFile;
import org.espalier.io.FormatException;
import org.espalier.io.Json;
import org.espalier.io.RecordJson;
import org.espalier.nn.Layer;
import org.espalier.nn.infer.FormatTable;
import org.espalier.nn.metrics.Comparison;
import org.espalier.nn.step.Format;
import org.espalier.nn.train.EpochRecord;
import org.espalier.prune.Sensitivity;
import org.espalier.prune.deploy.ModelLatency;
import org.espalier.prune.pipeline.PruningReport;

/**
 * Everything that a report shows of one run, as data: it is written as JSON, read back, and made into a page later or
 * elsewhere. What was not measured is empty, and the report leaves it out.
 *
 * @param version of this form
 * @param title what the run is called
 * @param created when it ended, ISO 8601
 * @param machine the processor, its cores, the kernels and the Java version
 * @param data what was learned from
 * @param score what the main measure of the run is
 * @param dense the model before pruning
 * @param pruned the model after it, with its masks
 * @param pruning what the pipeline did
 * @param otherSeeds the same pipeline run with other seeds
 * @param stages the neurons and weights that each stage kept
 * @param comparison dense beside pruned over several seeds
 * @param sensitivity a scan of the dense model, one layer at a time
 * @param confusion the confusion matrices of both models
 * @param curves the ROC and precision-recall curves of a yes-or-no question
 * @param inputs how much each input matters to either model
 * @param packings sizes and scores of files
 * @param speed times on this machine
 * @param training the epochs of the dense model
 * @param recipe the pipeline as text; empty if it has none
 * @param fingerprints SHA-256 of data, recipe, report and models, by what they are of
 */
public record RunRecord(
        int version,
        String title,
        String created,
        String machine,
        Data data,
        Score score,
        Model dense,
        Model pruned,
        PruningReport pruning,
        List<PruningReport> otherSeeds,
        List<StageUnits.Stage> stages,
        Optional<Comparison> comparison,
        Optional<Sensitivity> sensitivity,
        Optional<Confusion> confusion,
        List<Curve> curves,
        Optional<Inputs> inputs,
        List<PackingLine> packings,
        Optional<Speed> speed,
        List<EpochRecord> training,
        String recipe,
        Map<String, String> fingerprints) {
    /** The version of the form that this class writes. */
    public static final int VERSION = 1;

    /**
     * What was learned from.
     *
     * @param name of the data
     * @param train rows trained on
     * @param validation rows that choices were made by; 0 if there were none
     * @param test rows looked at once; 0 if there were none
     * @param columns the input columns of a table
     * @param target what is predicted; empty if it has no name
     * @param classes the names of the classes, by index; empty in a regression
     * @param image the size of input images
     */
    public record Data(String name, long train, long validation, long test, List<Column> columns, String target,
            List<String> classes, Optional<Size> image) {}

    /**
     * A column of a table.
     *
     * @param name its name
     * @param kind such as {@code number, may be missing}
     */
    public record Column(String name, String kind) {}

    /**
     * The size of a picture.
     *
     * @param height rows of pixels
     * @param width pixels in a row
     */
    public record Size(int height, int width) {}

    /**
     * The main measure.
     *
     * @param name such as {@code accuracy}
     * @param higherIsBetter whether more is better
     * @param fraction whether it is a fraction of 1, to be shown in percent
     */
    public record Score(String name, boolean higherIsBetter, boolean fraction) {}

    /**
     * A model.
     *
     * @param weights elements of weights
     * @param kept those of them that are kept
     * @param flops for one row of input, kept weights only
     * @param fileBytes the bytes of its file, without loss
     * @param validation its score on the validation rows; NaN without them
     * @param test its score on the test rows; NaN without them
     * @param layers the linear layers
     */
    public record Model(long weights, long kept, long flops, long fileBytes, double validation, double test,
            List<LayerSummary> layers) {}

    /**
     * A linear layer.
     *
     * @param name its dotted name
     * @param inputs columns of its weights
     * @param neurons rows of its weights
     * @param kept weights that are kept
     * @param inputsKept inputs that at least one kept weight reads
     * @param keptByNeuron the kept weights of each neuron
     * @param histogram of the kept weights
     * @param mask which weights are kept, a row for each neuron
     */
    public record LayerSummary(String name, int inputs, int neurons, long kept, int inputsKept,
            List<Integer> keptByNeuron, Histogram histogram, Grid mask) {
        /** Neurons with a kept weight. */
        public long neuronsKept() {
            return keptByNeuron.stream().filter(kept -> kept > 0).count();
        }
    }

    /**
     * How often values are in bins of equal width.
     *
     * @param from the lower end of the first bin
     * @param to the upper end of the last
     * @param counts of each bin
     */
    public record Histogram(double from, double to, List<Long> counts) {}

    /**
     * Confusion matrices: rows are true classes, columns predicted ones.
     *
     * @param samples what was counted, such as {@code test}
     * @param dense of the model before pruning
     * @param pruned of the model after it
     */
    public record Confusion(String samples, List<List<Long>> dense, List<List<Long>> pruned) {}

    /**
     * The answers of a model to a yes-or-no question at every threshold.
     *
     * @param model {@code dense} or {@code pruned}
     * @param rocAuc the area under the ROC curve
     * @param averagePrecision the area under the precision-recall curve
     * @param points from the highest threshold down
     */
    public record Curve(String model, double rocAuc, double averagePrecision, List<CurvePoint> points) {}

    /**
     * A threshold.
     *
     * @param falsePositives the fraction of negative samples above it
     * @param recall the fraction of positive samples above it
     * @param precision the fraction of the samples above it that are positive
     */
    public record CurvePoint(double falsePositives, double recall, double precision) {}

    /**
     * How much inputs matter.
     *
     * @param measure what the numbers are, in words
     * @param all one for each input, in order
     */
    public record Inputs(String measure, List<InputUse> all) {}

    /**
     * One input.
     *
     * @param name its name or number
     * @param dense how much it matters to the model before pruning
     * @param pruned how much it matters to the model after it
     * @param read whether the pruned model reads it at all
     */
    public record InputUse(String name, double dense, double pruned, boolean read) {}

    /**
     * A file of the pruned model.
     *
     * @param packing its form, such as {@code gaps int8}
     * @param bytes its size
     * @param validation the score of the model read back from it on the validation rows; NaN without them
     * @param test the same on the test rows
     */
    public record PackingLine(String packing, long bytes, double validation, double test) {}

    /**
     * Times on one thread of this machine.
     *
     * @param dense of the whole dense model, by batch
     * @param pruned of the whole pruned model, each layer in its fastest format, by batch
     * @param formats every format that was tried for each layer of the pruned model
     * @param breakEven the largest layer at several sparsities
     */
    public record Speed(List<ModelLatency> dense, List<ModelLatency> pruned, FormatTable formats,
            List<BreakEven> breakEven) {}

    /**
     * A layer with random masks.
     *
     * @param inputs of the layer
     * @param neurons of the layer
     * @param sparsity the fraction of its weights that are zero
     * @param micros by format, the microseconds for a single row
     */
    public record BreakEven(int inputs, int neurons, double sparsity, Map<Format, Double> micros) {}

    /** Takes its own copies. */
    public RunRecord {
        otherSeeds = List.copyOf(otherSeeds);
        stages = List.copyOf(stages);
        curves = List.copyOf(curves);
        packings = List.copyOf(packings);
        training = List.copyOf(training);
    }

    /**
     * Begins the record of a run.
     *
     * @param title what the run is called
     * @param dense the model before pruning
     * @param pruned the model after it, with its masks, not yet shrunk
     * @param pruning what the pipeline did
     */
    public static RunRecorder of(String title, Layer dense, Layer pruned, PruningReport pruning) {
        return new RunRecorder(title, dense, pruned, pruning);
    }

    /** The record as JSON; {@link #fromJson} reads it back. */
    public Json.Obj toJson() {
        return RecordJson.write(this);
    }

    /**
     * Reads a record.
     *
     * @throws FormatException if a member is missing or of another type, or the version is not known
     */
    public static RunRecord fromJson(Json.Obj json, String source) throws FormatException {
        if (!json.has("version") || json.integer("version") != VERSION) {
            throw new FormatException(source, "is no record of a run in version " + VERSION
                    + "; the run command and the demos write one");
        }
        return RecordJson.read(RunRecord.class, json, source);
    }

    /** Writes the record to a file, making its directory if it has to. */
    public void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        AtomicFile.write(file, toJson().compact().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the record in a file.
     *
     * @throws FormatException as {@link #fromJson}, or if the file is no JSON
     * @throws IOException if it cannot be read
     */
    public static RunRecord read(Path file) throws IOException {
        var text = Files.readString(file, StandardCharsets.UTF_8);
        if (!(Json.parse(text) instanceof Json.Obj json)) {
            throw new FormatException(file.toString(), "is no JSON object");
        }
        return fromJson(json, file.toString());
    }
}
