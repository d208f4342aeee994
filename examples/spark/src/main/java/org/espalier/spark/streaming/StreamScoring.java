package org.espalier.spark.streaming;

import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.espalier.io.FormatException;
import org.espalier.spark.SparkScorer;

/**
 * Scores rows as they come, by Structured Streaming. A stream is scored by the same call as a table, since a row's
 * answer does not depend on the rows beside it.
 */
public final class StreamScoring {
    private StreamScoring() {}

    /**
     * Scores the Parquet files that appear in a directory into another one. The query remembers in its checkpoint what
     * it has read: started again, it goes on there, and every row is written once.
     *
     * @param model the bytes of a model file that has a schema
     * @param rows the columns of the files
     * @param trigger when to look for files
     */
    public static StreamingQuery files(SparkSession spark, byte[] model, StructType rows, String from, String to,
            String checkpoint, Trigger trigger) throws FormatException, TimeoutException {
        var arriving = spark.readStream().schema(rows).parquet(from);
        return SparkScorer.of(spark, model).score(arriving)
                .writeStream()
                .format("parquet")
                .outputMode("append")
                .option("checkpointLocation", checkpoint)
                .trigger(trigger)
                .start(to);
    }

    /**
     * Scores records with a JSON object as their value, and gives records again: for a source and a sink of Kafka,
     * which the artifact {@code spark-sql-kafka-0-10_2.13} brings.
     *
     * <pre>{@code
     * var orders = spark.readStream().format("kafka").option("subscribe", "orders")….load();
     * StreamScoring.records(spark, model, columns, orders)
     *         .writeStream().format("kafka").option("topic", "scored")….start();
     * }</pre>
     *
     * @param model the bytes of a model file that has a schema
     * @param columns the members of the objects
     * @param records with columns {@code key} and {@code value}
     * @return records with columns {@code key} and {@code value}
     */
    public static Dataset<Row> records(SparkSession spark, byte[] model, StructType columns, Dataset<Row> records)
            throws FormatException {
        var parsed = records
                .select(functions.col("key"),
                        functions.from_json(functions.col("value").cast("string"), columns).as("row"))
                .select("key", "row.*");
        var scored = SparkScorer.of(spark, model).score(parsed);
        return scored.select(
                functions.col("key"), functions.to_json(functions.struct(functions.col("*"))).as("value"));
    }
}
