package org.espalier.spark.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.Trigger;
import org.espalier.spark.CreditTable;
import org.espalier.spark.SparkScorer;
import org.espalier.spark.TestSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamScoringTest {
    private final SparkSession spark = TestSession.local();

    @TempDir
    Path folder;

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private static List<String> lines(Dataset<Row> rows) {
        return rows.orderBy("id").collectAsList().stream().map(Row::toString).toList();
    }

    @Test
    void everyRowIsScoredOnceHoweverOftenTheQueryStarts() throws Exception {
        byte[] file = CreditTable.model("three", 1);
        var table = CreditTable.dataset(spark, 60);
        for (int part = 0; part < 3; part++) {
            table.where("id % 3 = " + part).coalesce(1).write().mode("append").parquet(at("in"));
            StreamScoring.files(spark, file, CreditTable.type(), at("in"), at("out"), at("checkpoint"),
                    Trigger.AvailableNow()).awaitTermination();
            assertEquals(20 * (part + 1), spark.read().parquet(at("out")).count());
        }
        assertEquals(lines(SparkScorer.of(spark, file).score(table)), lines(spark.read().parquet(at("out"))));
    }

    @Test
    void recordsOfKafkaAreScoredAsTheRowsInThem() throws Exception {
        byte[] file = CreditTable.model("two", 1);
        var table = CreditTable.dataset(spark, 20);
        var records = table.select(
                functions.concat(functions.lit("k"), functions.col("id")).cast("binary").as("key"),
                functions.to_json(functions.struct(functions.col("*"))).cast("binary").as("value"));
        var answers = StreamScoring.records(spark, file, CreditTable.type(), records);
        var expected = SparkScorer.of(spark, file).score(table);
        assertEquals(
                lines(expected.select("id", "class", "probability")),
                lines(answers.select(functions.from_json(functions.col("value"), expected.schema()).as("row"))
                        .select("row.id", "row.class", "row.probability")));
    }
}
