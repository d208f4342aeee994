package org.espalier.spark.sweep;

import org.apache.spark.sql.SparkSession;
import org.espalier.examples.records.RecordRow;
import org.espalier.examples.records.RowRun;

/**
 * The rows of the table of records, LeNet-300-100 on MNIST, as a sweep.
 *
 * <pre>{@code
 * var rows = List.of(new RecordSweep.Job("keep-2", 1, 60_000, 1000), new RecordSweep.Job("keep-2", 2, 60_000, 1000));
 * System.out.println(RecordSweep.of(spark).resumeFrom(Path.of("records")).run(rows).summary());
 * }</pre>
 */
public final class RecordSweep {
    private RecordSweep() {}

    /**
     * One row for one seed.
     *
     * @param row the name of the row
     * @param seed of everything that is drawn
     * @param images how many of the training images are learned from, the first of them
     * @param epochs the most epochs of a training
     */
    public record Job(String row, long seed, int images, int epochs) {}

    /** The sweep. */
    public static Sweep<Job, RowRun> of(SparkSession spark) {
        return Sweep.of(spark, Job.class, RowRun.class,
                job -> RecordRow.run(job.row(), job.seed(), job.images(), job.epochs()));
    }
}
