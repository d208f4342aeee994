package org.espalier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With executors in JVMs of their own: everything is serialized, and classes come from the class path there. */
@Tag("cluster")
class ClusterTest {
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = TestSession.cluster();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void executorsGiveTheBitsOfPlainJava() throws Exception {
        byte[] file = CreditTable.model("three", 1);
        var table = CreditTable.dataset(spark, SparkScorerTest.ROWS).repartition(4);
        assertEquals(SparkScorerTest.expected(file), SparkScorerTest.bits(SparkScorer.of(spark, file).score(table)));
    }

    @Test
    void executorsHaveTheVectorModule() {
        MapPartitionsFunction<Row, String> where = rows -> List.of(SparkEnv.get().executorId() + " "
                + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()).iterator();
        var places = CreditTable.dataset(spark, 100).repartition(8).mapPartitions(where, Encoders.STRING());
        assertEquals(List.of("0 true", "1 true"), places.distinct().orderBy("value").collectAsList());
    }
}
