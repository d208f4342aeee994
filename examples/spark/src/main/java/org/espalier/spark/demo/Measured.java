package org.espalier.spark.demo;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the measuring programs share. */
final class Measured {
    private Measured() {}

    /** Something to be measured. */
    interface Work {
        void run() throws Exception;
    }

    /** The seconds that it takes once. */
    static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Makes every row, with all columns, and drops it. */
    static void consume(Dataset<Row> rows) {
        rows.write().format("noop").mode("overwrite").save();
    }
}
