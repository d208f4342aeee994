package org.espalier.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.espalier.io.FormatException;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Target;
import org.espalier.prune.pipeline.Fingerprint;

/**
 * Scores tables on Spark with the model of a file, by the schema in the file: raw values in, named results out.
 *
 * <pre>{@code
 * byte[] file = Files.readAllBytes(Path.of("churn.safetensors"));
 * Dataset<Row> scored = SparkScorer.of(spark, file).score(customers);        // prediction, class, probability
 * SparkScorer.of(spark, file).register("churn");
 * spark.sql("SELECT id, churn(struct(*)).class FROM customers");
 * }</pre>
 *
 * <p>The file goes to each executor once, and each executor JVM builds the model once. Rows are scored in blocks. A
 * null, a NaN or a usual word for a missing value is filled in as the model learned it. The answer for a row is that of
 * {@link Predictor}, to the bit, in any partition of any size.
 *
 * <p>An immutable value. It needs the classic API: a session of Spark Connect cannot send classes that way.
 */
public final class SparkScorer {
    private final SparkSession spark;
    private final SharedModel model;
    private final Predictor predictor;
    private final String prefix;

    private SparkScorer(SparkSession spark, SharedModel model, Predictor predictor, String prefix) {
        this.spark = spark;
        this.model = model;
        this.predictor = predictor;
        this.prefix = prefix;
    }

    /**
     * A scorer with the model of a file.
     *
     * @param model the bytes of the file
     * @throws FormatException if they are damaged, or the file has no schema
     */
    public static SparkScorer of(SparkSession spark, byte[] model) throws FormatException {
        return of(spark, model, "");
    }

    /**
     * As {@link #of(SparkSession, byte[])}, for a file without a schema, whose model takes rows of numbers: a model of
     * PyTorch or ONNX, for example.
     *
     * @param schema what the columns and the results are
     */
    public static SparkScorer of(SparkSession spark, byte[] model, Schema schema) throws FormatException {
        return of(spark, model, schema.toJson().compact());
    }

    private static SparkScorer of(SparkSession spark, byte[] file, String schema) throws FormatException {
        var predictor = SharedModel.read(file, schema);
        var bytes = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(file.clone());
        var shared = new SharedModel(Fingerprint.of(file), bytes, schema, false);
        return new SparkScorer(spark, shared, predictor, "");
    }

    /**
     * This scorer taking words that are no level of their column as missing values, and filling in missing values also
     * where the training rows had none. Otherwise such a row fails its task, with a message that names the column.
     */
    public SparkScorer lenient() {
        var lenient = new SharedModel(model.fingerprint(), model.file(), model.schema(), true);
        return new SparkScorer(spark, lenient, predictor.lenient(), prefix);
    }

    /** This scorer with another beginning of the names of the columns it adds: for several models on one table. */
    public SparkScorer prefix(String prefix) {
        return new SparkScorer(spark, model, predictor, prefix);
    }

    /** The session of the tables. */
    SparkSession spark() {
        return spark;
    }

    /** What the columns and the results are. */
    public Schema schema() {
        return predictor.schema();
    }

    /**
     * The columns that {@link #score} adds: {@code prediction}, a double, for a number; {@code prediction}, {@code
     * class} and {@code probability}, the index and the name of the class and the floats of all classes, for one of
     * several classes; {@code labels} and {@code probability} for labels.
     */
    public List<StructField> outputs() {
        return AnswerColumns.fields(target(), prefix);
    }

    private Target target() {
        return predictor.schema().target();
    }

    /**
     * The table with the columns of {@link #outputs} added.
     *
     * @param table batch or streaming
     * @param columns the names of the columns that hold what the model reads, in the order of its schema; if none are
     *     given, those of the schema
     * @throws IllegalArgumentException if there is no such column, its type is no number or word, or a column that is
     *     to be added is there already
     */
    public Dataset<Row> score(Dataset<Row> table, String... columns) {
        var binding = TableBinding.of(schema(), prefix, table.schema(), columns);
        return table.mapPartitions(
                new ScoreRows(model, binding.places(), binding.width()), Encoders.row(binding.type()));
    }

    /**
     * The model as a function of a struct that has the columns of the schema, under their names; others are not looked
     * at. It scores row by row, which is slower than {@link #score}, and gives a struct of the columns of
     * {@link #outputs}.
     */
    public UserDefinedFunction function() {
        return functions.udf(new ScoreRow(model), AnswerColumns.struct(target()));
    }

    /** Makes {@link #function} known to SQL: {@code SELECT churn(struct(*)).class FROM customers}. */
    public void register(String name) {
        spark.udf().register(name, function());
    }
}
