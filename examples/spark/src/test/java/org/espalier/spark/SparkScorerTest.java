package org.espalier.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.espalier.io.FormatException;
import org.espalier.nn.Init;
import org.espalier.nn.Linear;
import org.espalier.nn.Sequential;
import org.espalier.nn.infer.InferenceModel;
import org.espalier.nn.model.ModelFile;
import org.espalier.nn.table.Prediction;
import org.espalier.nn.table.Predictor;
import org.espalier.nn.table.Schema;
import org.espalier.nn.table.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkScorerTest {
    static final int ROWS = 1000;

    private final SparkSession spark = TestSession.local();

    /** Index, name and the bits of the probabilities, row by row. */
    static List<String> bits(Dataset<Row> scored) {
        return scored.orderBy("id").collectAsList().stream()
                .map(row -> row.getAs("prediction") + " " + row.getAs("class") + " "
                        + row.<Float>getList(row.fieldIndex("probability")).stream()
                                .map(Float::floatToRawIntBits).toList())
                .toList();
    }

    static List<String> expected(byte[] file) throws FormatException {
        var predictor = Predictor.load(file);
        return CreditTable.rows(ROWS).stream().map(row -> {
            var answer = (Prediction.OneClass) predictor.predict(CreditTable.map(row));
            return (double) List.copyOf(answer.probabilities().keySet()).indexOf(answer.label()) + " "
                    + answer.label() + " "
                    + answer.probabilities().values().stream().map(Float::floatToRawIntBits).toList();
        }).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void everyNumberOfPartitionsGivesTheBitsOfPlainJava(int partitions) throws Exception {
        byte[] file = CreditTable.model("three", 1);
        var scored = SparkScorer.of(spark, file)
                .score(CreditTable.dataset(spark, ROWS).repartition(partitions));
        assertEquals(expected(file), bits(scored));
        assertEquals(partitions, scored.rdd().getNumPartitions());
        assertTrue(bits(scored).stream().map(line -> line.split(" ")[1]).distinct().count() > 1, "one class only");
    }

    @Test
    void twoClassesHaveTwoProbabilities() throws Exception {
        byte[] file = CreditTable.model("two", 2);
        var scorer = SparkScorer.of(spark, file);
        var scored = scorer.score(CreditTable.dataset(spark, ROWS));
        assertEquals(expected(file), bits(scored));
        assertArrayEquals(
                new String[] {"id", "age", "job", "amount", "prediction", "class", "probability"},
                scored.columns());
        assertEquals(CreditTable.type().length() + scorer.outputs().size(), scored.schema().length());
    }

    @Test
    void theSqlFunctionGivesTheSameBits() throws Exception {
        byte[] file = CreditTable.model("three", 3);
        SparkScorer.of(spark, file).register("score_credit");
        CreditTable.dataset(spark, ROWS).createOrReplaceTempView("customers");
        var scored = spark.sql("SELECT id, score_credit(struct(*)) AS answer FROM customers")
                .selectExpr("id", "answer.prediction", "answer.class", "answer.probability");
        assertEquals(expected(file), bits(scored));
        assertEquals(null, spark.sql("SELECT score_credit(NULL) AS answer").first().get(0));
    }

    @Test
    void aNumberIsOneColumn() throws Exception {
        byte[] file = CreditTable.model("limit", 4);
        var scored = SparkScorer.of(spark, file).prefix("limit_").score(CreditTable.dataset(spark, 100));
        var predictor = Predictor.load(file);
        var rows = scored.orderBy("id").collectAsList();
        var source = CreditTable.rows(100);
        for (int i = 0; i < rows.size(); i++) {
            var answer = (Prediction.Value) predictor.predict(CreditTable.map(source.get(i)));
            assertEquals((double) answer.value(), rows.get(i).<Double>getAs("limit_prediction"));
        }
    }

    @Test
    void columnsOfOtherNamesAreGivenInTheOrderOfTheSchema() throws Exception {
        byte[] file = CreditTable.model("three", 1);
        var renamed = CreditTable.dataset(spark, ROWS)
                .withColumnsRenamed(java.util.Map.of("age", "a", "job", "b", "amount", "c"))
                .select("c", "a", "id", "b");
        assertEquals(expected(file), bits(SparkScorer.of(spark, file).score(renamed, "a", "b", "c")));
    }

    @Test
    void oneJvmBuildsAModelOnce() throws Exception {
        byte[] file = CreditTable.model("two", 99);
        int before = SharedModel.MODELS.built();
        var scorer = SparkScorer.of(spark, file);
        scorer.score(CreditTable.dataset(spark, ROWS).repartition(20)).foreach(row -> {});
        SparkScorer.of(spark, file).score(CreditTable.dataset(spark, ROWS).repartition(20)).foreach(row -> {});
        assertEquals(before + 1, SharedModel.MODELS.built());
    }

    @Test
    void unknownWordsAndGapsFailOrAreFilledIn() throws Exception {
        byte[] file = CreditTable.model("two", 1);
        var odd = spark.createDataFrame(
                List.of(RowFactory.create(1L, 40, "astronaut", 100.0), RowFactory.create(2L, 40, "skilled", null)),
                CreditTable.type());
        var strict = SparkScorer.of(spark, file);
        var unknown = assertThrows(SparkException.class, () -> strict.score(odd.where("id = 1")).collectAsList());
        assertTrue(unknown.getCause().getMessage().contains("column \"job\": \"astronaut\" is none of its levels"),
                unknown.getCause().getMessage());
        var gap = assertThrows(SparkException.class, () -> strict.score(odd.where("id = 2")).collectAsList());
        assertTrue(gap.getCause().getMessage().contains("column \"amount\": the value is missing"),
                gap.getCause().getMessage());

        var filled = strict.lenient().score(odd).orderBy("id").collectAsList();
        var lenient = Predictor.load(file).lenient();
        var first = (Prediction.OneClass) lenient.predict(40, Float.NaN, 100);
        var second = (Prediction.OneClass) lenient.predict(40, 1, Float.NaN);
        assertEquals(List.copyOf(first.probabilities().values()), filled.get(0).getList(6));
        assertEquals(List.copyOf(second.probabilities().values()), filled.get(1).getList(6));
    }

    @Test
    void numbersOfEveryTypeAreTaken() throws Exception {
        byte[] file = CreditTable.model("three", 1);
        var table = CreditTable.dataset(spark, ROWS)
                .withColumn("age", functions.col("age").cast("decimal(10,2)"))
                .withColumn("amount", functions.col("amount").cast("string"));
        assertEquals(expected(file), bits(SparkScorer.of(spark, file).score(table)));
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnyTask() throws Exception {
        var scorer = SparkScorer.of(spark, CreditTable.model("two", 1));
        var table = CreditTable.dataset(spark, 5);
        assertMessage("score: the table has no column \"job\"; it has id, age, amount",
                () -> scorer.score(table.drop("job")));
        assertMessage("score: the model reads 3 columns, [age, job, amount], not 1", () -> scorer.score(table, "age"));
        assertMessage("score: column \"age\" is of type date; a model reads numbers, words and booleans",
                () -> scorer.score(table.withColumn("age", functions.current_date())));
        assertMessage(
                "score: the table has a column class already; choose another prefix for the columns that are added",
                () -> scorer.score(table.withColumn("class", functions.lit(1))));
        assertThrows(FormatException.class, () -> SparkScorer.of(spark, new byte[100]));
    }

    private static void assertMessage(String message, org.junit.jupiter.api.function.Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void aModelWithoutSchemaTakesOneOfTheCaller() throws Exception {
        var model = Sequential.of(Linear.of(2, 2));
        model.initialize(Init.heNormal(), 5);
        byte[] file = ModelFile.of(model).toBytes();
        var table = spark.createDataFrame(
                List.of(RowFactory.create(1L, 0.5f, -1.5f)),
                new StructType().add("id", DataTypes.LongType).add("x", DataTypes.FloatType)
                        .add("y", DataTypes.FloatType));
        assertThrows(FormatException.class, () -> SparkScorer.of(spark, file));
        var schema = new Schema(
                List.of(new Schema.Column("x", List.of(), false), new Schema.Column("y", List.of(), false)),
                new Target.MultiLabel(List.of("wet", "cold"), 0.5f));
        var row = SparkScorer.of(spark, file, schema).score(table).first();
        float[] logits = InferenceModel.of(model).predict(0.5f, -1.5f);
        var labels = IntStream.range(0, 2).filter(i -> logits[i] >= 0).mapToObj(List.of("wet", "cold")::get).toList();
        assertEquals(labels, row.getList(row.fieldIndex("labels")));
        for (int i = 0; i < 2; i++) {
            assertEquals(1 / (1 + Math.exp(-logits[i])), row.<Float>getList(4).get(i), 1e-6);
        }
    }

    @Test
    void anEmptyTableAndEmptyPartitionsAreFine() throws Exception {
        byte[] file = CreditTable.model("two", 1);
        var scorer = SparkScorer.of(spark, file);
        assertEquals(0, scorer.score(CreditTable.dataset(spark, 5).where("id > 100")).count());
        assertEquals(3, scorer.score(CreditTable.dataset(spark, 3).repartition(16)).count());
    }
}
