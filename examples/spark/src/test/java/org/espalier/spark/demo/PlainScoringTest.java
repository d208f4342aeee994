package org.espalier.spark.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.espalier.spark.SparkScorer;
import org.espalier.spark.TestSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainScoringTest {
    @Test
    void plainJavaCountsTheClassesThatSparkCounts(@TempDir Path folder) throws Exception {
        var spark = TestSession.local();
        byte[] file = CustomerTable.train(spark).file();
        var table = CustomerTable.parquet(spark, folder.resolve("table"), 2000, 3);
        var plain = new PlainScoring(file);
        var count = plain.score(CustomerTable.files(folder.resolve("table")), 2);
        long stays = SparkScorer.of(spark, file).score(table).where("class = 'stays'").count();
        assertEquals(2000, count.rows());
        assertEquals(stays, count.positive());
        assertTrue(stays > 100 && stays < 1900, stays + " of 2000");
        assertEquals(300, plain.score(CustomerTable.files(folder.resolve("table")).getFirst(), 300).rows());
    }
}
