package org.espalier.examples.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.espalier.compressed.Packing;
import org.espalier.io.FormatException;
import org.espalier.nn.Layer;
import org.espalier.nn.data.Dataset;
import org.espalier.nn.metrics.Comparison;
import org.espalier.nn.metrics.ConfusionMatrix;
import org.espalier.nn.metrics.Metric;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Target;
import org.espalier.nn.train.EpochRecord;
import org.espalier.nn.train.TrainingResult;
import org.espalier.prune.Sensitivity;
import org.espalier.prune.deploy.Deploy;
import org.espalier.prune.deploy.ModelCost;
import org.espalier.prune.graph.Shrink;
import org.espalier.prune.pipeline.Fingerprint;
import org.espalier.prune.pipeline.PruningReport;
import org.espalier.prune.pipeline.Recipe;

/**
 * Puts a {@link RunRecord} together. Every method gives a recorder that says one more thing of the run; what is not
 * said is left out of the report. Measuring happens in {@link #build}.
 *
 * {@snippet :
 * RunRecord.of("credit", dense, pruned, report)
 *         .table(table.schema())
 *         .data("credit.csv", train.data(), validation.data(), test.data())
 *         .recipe(pipeline.recipe())
 *         .packings("gaps f32", "gaps int8")
 *         .speed()
 *         .build()
 *         .write(Path.of("run.json"));
 * }
 */
public final class RunRecorder {
    private final String title;
    private final Layer dense;
    private final Layer pruned;
    private final PruningReport report;
    private final Map<String, String> fingerprints = new LinkedHashMap<>();
    private Metric metric = Metric.accuracy();
    private String dataName = "";
    private String target = "";
    private long trainRows;
    private Optional<Schema> schema = Optional.empty();
    private Optional<Dataset> validation = Optional.empty();
    private Optional<Dataset> test = Optional.empty();
    private List<String> classes = List.of();
    private Optional<RunRecord.Size> image = Optional.empty();
    private String recipe = "";
    private List<EpochRecord> training = List.of();
    private Optional<Sensitivity> sensitivity = Optional.empty();
    private Optional<Comparison> comparison = Optional.empty();
    private List<PruningReport> otherSeeds = List.of();
    private List<StageUnits.Stage> stages = List.of();
    private List<String> packings = List.of();
    private boolean timed;

    RunRecorder(String title, Layer dense, Layer pruned, PruningReport report) {
        this.title = title;
        this.dense = dense;
        this.pruned = pruned;
        this.report = report;
    }

    private RunRecorder(RunRecorder other) {
        this(other.title, other.dense, other.pruned, other.report);
        fingerprints.putAll(other.fingerprints);
        metric = other.metric;
        dataName = other.dataName;
        target = other.target;
        trainRows = other.trainRows;
        schema = other.schema;
        validation = other.validation;
        test = other.test;
        classes = other.classes;
        image = other.image;
        recipe = other.recipe;
        training = other.training;
        sensitivity = other.sensitivity;
        comparison = other.comparison;
        otherSeeds = other.otherSeeds;
        stages = other.stages;
        packings = other.packings;
        timed = other.timed;
    }

    /** A copy that says something more. */
    private RunRecorder with(Consumer<RunRecorder> said) {
        var next = new RunRecorder(this);
        said.accept(next);
        return next;
    }

    /** The main measure; accuracy by default. */
    public RunRecorder metric(Metric metric) {
        return with(next -> next.metric = metric);
    }

    /**
     * The samples, which {@link #build} scores both models on.
     *
     * @param name of the data, such as a file name
     * @param train what was trained on
     * @param validation what choices were made by
     */
    public RunRecorder data(String name, Dataset train, Dataset validation) {
        return with(next -> {
            next.dataName = name;
            next.trainRows = train.size();
            next.validation = Optional.of(validation);
            next.fingerprints.put("training data", Fingerprint.of(train));
            next.fingerprints.put("validation data", Fingerprint.of(validation));
        });
    }

    /** The samples, with some that were looked at once. */
    public RunRecorder data(String name, Dataset train, Dataset validation, Dataset test) {
        return data(name, train, validation).with(next -> {
            next.test = Optional.of(test);
            next.fingerprints.put("test data", Fingerprint.of(test));
        });
    }

    /** The names of the classes, by index; not needed where a schema names them. */
    public RunRecorder classes(List<String> classes) {
        return with(next -> next.classes = List.copyOf(classes));
    }

    /** The columns of a table and what is predicted; the models take its raw rows. */
    public RunRecorder table(Schema schema) {
        return with(next -> {
            next.schema = Optional.of(schema);
            switch (schema.target()) {
                case Target.Regression regression -> next.target = regression.name();
                case Target.Binary binary -> {
                    next.target = binary.name();
                    next.classes = List.of(binary.negative(), binary.positive());
                }
                case Target.Classes several -> {
                    next.target = several.name();
                    next.classes = several.classes();
                }
                case Target.MultiLabel labels -> next.target = String.join(", ", labels.labels());
            }
        });
    }

    /** The inputs are images of this size, row by row. */
    public RunRecorder image(int height, int width) {
        return with(next -> next.image = Optional.of(new RunRecord.Size(height, width)));
    }

    /** The pipeline as text; one that has no text is left out. */
    public RunRecorder recipe(Recipe recipe) {
        return with(next -> next.recipe = text(recipe));
    }

    private static String text(Recipe recipe) {
        try {
            return recipe.toText();
        } catch (IllegalArgumentException e) {
            return "# no text: " + e.getMessage();
        }
    }

    /** How the dense model was trained. */
    public RunRecorder training(TrainingResult result) {
        return with(next -> next.training = result.history());
    }

    /** What each stage left. */
    public RunRecorder stages(StageUnits units) {
        return with(next -> next.stages = units.stages());
    }

    /** A scan of the dense model. */
    public RunRecorder sensitivity(Sensitivity sensitivity) {
        return with(next -> next.sensitivity = Optional.of(sensitivity));
    }

    /** Dense beside pruned over several seeds. */
    public RunRecorder comparison(Comparison comparison) {
        return with(next -> next.comparison = Optional.of(comparison));
    }

    /** The same pipeline with other seeds; where there are some, the report shows intervals. */
    public RunRecorder otherSeeds(List<PruningReport> reports) {
        return with(next -> next.otherSeeds = List.copyOf(reports));
    }

    /** Writes the pruned model in these forms to memory, and scores what is read back. */
    public RunRecorder packings(String... packings) {
        return with(next -> next.packings = List.of(packings));
    }

    /** Measures both models on this machine, and where each format pays: some seconds. */
    public RunRecorder speed() {
        return with(next -> next.timed = true);
    }

    /**
     * Scores, measures and counts.
     *
     * @throws FormatException if a packing is none
     */
    public RunRecord build() throws FormatException {
        var small = Shrink.of(pruned).model();
        var file = schema.map(columns -> ModelFile.of(small).with(Schema.KEY, columns.toJson().compact()))
                .orElse(ModelFile.of(small));
        var before = ModelFile.of(dense);
        var all = new LinkedHashMap<>(fingerprints);
        if (!recipe.isEmpty()) {
            all.put("recipe", Fingerprint.of(recipe));
        }
        all.put("pruning report", Fingerprint.of(report.toJson().compact()));
        all.put("dense model", Fingerprint.of(before.toBytes()));
        all.put("pruned model", Fingerprint.of(file.toBytes()));
        var matrices = Matrices.of(pruned);
        var limits = new LinkedHashMap<String, Double>();
        Matrices.of(dense).forEach(matrix -> limits.put(matrix.name(), matrix.largest()));
        matrices.forEach(matrix -> limits.merge(matrix.name(), matrix.largest(), Math::max));
        return new RunRecord(
                RunRecord.VERSION,
                title,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Deploy.machine(),
                new RunRecord.Data(dataName, trainRows, rows(validation), rows(test), columns(), target, classes,
                        image),
                new RunRecord.Score(metric.name(), metric.higherIsBetter(), isFraction(metric)),
                model(dense, before.toBytes().length, limits),
                model(pruned, file.toBytes().length, limits),
                report,
                otherSeeds,
                stages,
                comparison,
                sensitivity,
                confusion(),
                curves(),
                inputs(),
                lines(file),
                timed ? Optional.of(Speeds.measure(dense, pruned, validation)) : Optional.empty(),
                training,
                recipe,
                all);
    }

    /** Whether a measure is known to be a fraction. */
    private static boolean isFraction(Metric metric) {
        return metric.name().equals("accuracy") || metric.name().endsWith("label accuracy");
    }

    private static long rows(Optional<Dataset> samples) {
        return samples.map(Dataset::size).orElse(0);
    }

    private List<RunRecord.Column> columns() {
        return schema.map(Schema::columns).orElse(List.of()).stream()
                .map(column -> new RunRecord.Column(column.name(), column.toString().substring(
                        column.name().length() + 2)))
                .toList();
    }

    private double score(Layer model, Optional<Dataset> samples) {
        return samples.filter(some -> some.size() > 0).map(some -> metric.of(model, some)).orElse(Double.NaN);
    }

    private RunRecord.Model model(Layer model, long bytes, Map<String, Double> limits) {
        var cost = ModelCost.of(model).total();
        return new RunRecord.Model(cost.weights(), cost.keptWeights(), cost.keptFlops(), bytes,
                score(model, validation), score(model, test),
                Matrices.of(model).stream().map(matrix -> matrix.summary(limits.get(matrix.name()))).toList());
    }

    /** The test samples if there are some, else those of validation. */
    private Optional<Dataset> last() {
        return test.or(() -> validation);
    }

    private Optional<RunRecord.Confusion> confusion() {
        return last().filter(samples -> classes.size() > 1 && samples.size() > 0)
                .map(samples -> new RunRecord.Confusion(test.isPresent() ? "test" : "validation",
                        counts(ConfusionMatrix.of(classes.size(), dense, samples)),
                        counts(ConfusionMatrix.of(classes.size(), pruned, samples))));
    }

    private static List<List<Long>> counts(ConfusionMatrix matrix) {
        return IntStream.range(0, matrix.classes())
                .mapToObj(actual -> IntStream.range(0, matrix.classes())
                        .mapToObj(predicted -> matrix.count(actual, predicted))
                        .toList())
                .toList();
    }

    private List<RunRecord.Curve> curves() {
        var curves = new ArrayList<RunRecord.Curve>();
        if (classes.size() == 2 && last().isPresent()) {
            Curves.of("dense", dense, last().get()).ifPresent(curves::add);
            Curves.of("pruned", pruned, last().get()).ifPresent(curves::add);
        }
        return curves;
    }

    private Optional<RunRecord.Inputs> inputs() {
        if (schema.isPresent() && last().isPresent()) {
            return Optional.of(InputUses.byShuffling(schema.get().names(), dense, pruned, last().get(), metric));
        }
        return InputUses.byWeights(dense, pruned);
    }

    private List<RunRecord.PackingLine> lines(ModelFile file) throws FormatException {
        var lines = new ArrayList<RunRecord.PackingLine>();
        if (!packings.isEmpty()) {
            lines.add(line("dense float32", ModelFile.of(dense).plain()));
            lines.add(line("smallest lossless", file));
            var halves = Packing.parse("all bf16");
            for (var text : packings) {
                lines.add(line(text, file.packed(Packing.parse(text), halves)));
            }
        }
        return lines;
    }

    private RunRecord.PackingLine line(String packing, ModelFile file) {
        return new RunRecord.PackingLine(packing, file.toBytes().length, score(file.model(), validation),
                score(file.model(), test));
    }
}
