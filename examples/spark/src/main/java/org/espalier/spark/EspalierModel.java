package org.espalier.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.espalier.io.FormatException;
import org.espalier.nn.table.Schema;

/**
 * {@link SparkScorer} as a stage of a Spark ML pipeline, saved and loaded with it:
 *
 * <pre>{@code
 * var pipeline = new Pipeline().setStages(new PipelineStage[] {cleaning, new EspalierModel(file)});
 * pipeline.fit(customers).write().overwrite().save("hdfs:///models/churn");
 * PipelineModel.load("hdfs:///models/churn").transform(customers);
 * }</pre>
 *
 * <p>Parameters: {@code inputCols}, the columns of the table in the order of the model's schema, those of the schema if
 * not set; {@code outputPrefix}, what the names of the added columns begin with; {@code lenient}, see
 * {@link SparkScorer#lenient}. The directory it is saved in holds the model file as it is, {@code model.safetensors}.
 */
public final class EspalierModel extends Transformer implements MLWritable {
    private static final long serialVersionUID = 1;
    private static final String FILE = "model.safetensors";

    private final String uid;
    private final byte[] file;
    private final StringArrayParam inputCols;
    private final Param<String> outputPrefix;
    private final BooleanParam lenient;
    private transient Schema schema;
    private transient SparkScorer scorer;

    /**
     * A stage with the model of a file.
     *
     * @param file the bytes of a file that has a schema
     * @throws FormatException if they are damaged, or the file has no schema
     */
    public EspalierModel(byte[] file) throws FormatException {
        this(Identifiable.randomUID("espalier"), file.clone());
        schema();
    }

    private EspalierModel(String uid, byte[] file) {
        this.uid = uid;
        this.file = file;
        this.inputCols = new StringArrayParam(this, "inputCols", "columns of the table, in the order of the schema");
        this.outputPrefix = new Param<>(this, "outputPrefix", "what the names of the added columns begin with");
        this.lenient = new BooleanParam(this, "lenient", "whether unknown words and unexpected gaps are filled in");
        setDefault(inputCols, new String[0]);
        setDefault(outputPrefix, "");
        setDefault(lenient, false);
    }

    @Override
    public String uid() {
        return uid;
    }

    /** The columns of the table, in the order of the schema. */
    public StringArrayParam inputCols() {
        return inputCols;
    }

    /** What the names of the added columns begin with. */
    public Param<String> outputPrefix() {
        return outputPrefix;
    }

    /** Whether unknown words and unexpected gaps are filled in. */
    public BooleanParam lenient() {
        return lenient;
    }

    /** Sets the columns of the table, in the order of the schema. */
    public EspalierModel setInputCols(String... columns) {
        set(inputCols, columns);
        return this;
    }

    /** Sets what the names of the added columns begin with. */
    public EspalierModel setOutputPrefix(String prefix) {
        set(outputPrefix, prefix);
        return this;
    }

    /** Sets whether unknown words and unexpected gaps are filled in. */
    public EspalierModel setLenient(boolean value) {
        set(lenient, value);
        return this;
    }

    /** What the columns and the results of the model are. */
    public Schema schema() throws FormatException {
        if (schema == null) {
            schema = SharedModel.read(file, "").schema();
        }
        return schema;
    }

    @Override
    public Dataset<Row> transform(Dataset<?> table) {
        try {
            if (scorer == null || scorer.spark() != table.sparkSession()) {
                scorer = SparkScorer.of(table.sparkSession(), file);
            }
            var chosen = scorer.prefix($(outputPrefix));
            return ($(lenient).equals(true) ? chosen.lenient() : chosen).score(table.toDF(), $(inputCols));
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public StructType transformSchema(StructType table) {
        try {
            return TableBinding.of(schema(), $(outputPrefix), table, $(inputCols)).type();
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public EspalierModel copy(ParamMap extra) {
        return copyValues(new EspalierModel(uid, file), extra);
    }

    @Override
    public MLWriter write() {
        return new Writer();
    }

    /** Reads a stage that was saved alone; {@code PipelineModel.load} calls this too. */
    public static MLReader<EspalierModel> read() {
        return new Reader();
    }

    /** Loads a stage that was saved alone. */
    public static EspalierModel load(String path) {
        return read().load(path);
    }

    private final class Writer extends MLWriter {
        @Override
        public void saveImpl(String path) {
            DefaultParamsWriter.saveMetadata(EspalierModel.this, path, sparkSession());
            var target = new Path(path, FILE);
            try (var out = target.getFileSystem(sparkSession().sparkContext().hadoopConfiguration()).create(target)) {
                out.write(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Reader extends MLReader<EspalierModel> {
        @Override
        public EspalierModel load(String path) {
            var metadata = DefaultParamsReader.loadMetadata(path, sparkSession(), EspalierModel.class.getName());
            var source = new Path(path, FILE);
            try (var in = source.getFileSystem(sparkSession().sparkContext().hadoopConfiguration()).open(source)) {
                var model = new EspalierModel(metadata.uid(), in.readAllBytes());
                model.schema();
                metadata.getAndSetParams(model, metadata.getAndSetParams$default$2());
                return model;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
