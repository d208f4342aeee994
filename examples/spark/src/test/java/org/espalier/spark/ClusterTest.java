package org.espalier.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.espalier.nn.StateDict;
import org.espalier.spark.sweep.Sweep;
import org.espalier.spark.sweep.SweepResult;
import org.espalier.spark.training.LocalSgdTest;
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
    void ranksOnExecutorsTrainToTheBitsOfOneThread() throws Exception {
        var here = LocalSgdTest.sparse().fit();
        var there = LocalSgdTest.sparse().fit(spark);
        assertEquals(StateDict.of(here.model()), StateDict.of(there.model()));
        assertEquals(here.history(), there.history());
    }

    /** A number to be doubled. */
    public record Job(int number) {}

    /** Twice the number. */
    public record Twice(int number) {}

    @Test
    void aConfigurationThatEndsItsExecutorIsSkipped() {
        var result = Sweep.of(spark, Job.class, Twice.class, job -> {
            if (job.number() == 3) {
                Runtime.getRuntime().halt(1);
            }
            return new Twice(2 * job.number());
        }).run(IntStream.range(0, 6).mapToObj(Job::new).toList());
        assertEquals(
                List.of(new Twice(0), new Twice(2), new Twice(4), new Twice(8), new Twice(10)), result.results());
        assertEquals(List.of(new Job(3)), result.failed().stream().map(SweepResult.Entry::configuration).toList());
    }

    @Test
    void executorsHaveTheVectorModule() {
        MapPartitionsFunction<Row, String> where = rows -> List.of(
                SparkEnv.get().executorId().equals("driver") + " "
                        + ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent())
                .iterator();
        var places = CreditTable.dataset(spark, 100).repartition(8).mapPartitions(where, Encoders.STRING());
        assertEquals(List.of("false true"), places.distinct().collectAsList());
    }
}
