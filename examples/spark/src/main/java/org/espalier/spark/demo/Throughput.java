package org.espalier.spark.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.espalier.spark.SparkScorer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Rows a second of one model over one table in Parquet files: plain Java on one core, Spark in blocks, Spark with a
 * function called row by row. Prints a table in Markdown.
 */
@Command(name = "throughput", mixinStandardHelpOptions = true, description = "Rows a second, with and without Spark.")
public final class Throughput implements Callable<Integer> {
    private static final int FILES = 8;
    private static final long WARM_UP = 300_000;
    private static final MapFunction<Row, Row> SAME = row -> row;

    @Option(names = "--rows", description = "rows of the table (${DEFAULT-VALUE})")
    private long rows = 10_000_000;

    @Option(names = "--dir", description = "where the table goes (${DEFAULT-VALUE})")
    private Path directory = Path.of("target", "throughput");

    @Option(names = "--threads", description = "cores to use at most (${DEFAULT-VALUE})")
    private int threads = Runtime.getRuntime().availableProcessors();

    private final List<String> lines = new ArrayList<>();
    private double plain;

    private Throughput() {}

    /** Measures, and ends the process with the exit code of the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Throughput());
    }

    @Override
    public Integer call() throws Exception {
        byte[] file;
        var table = directory.resolve("rows-" + rows);
        var small = directory.resolve("rows-" + Math.min(rows, WARM_UP));
        try (var spark = Sessions.local(threads)) {
            file = CustomerTable.train(spark).file();
            CustomerTable.parquet(spark, table, rows, FILES);
            CustomerTable.parquet(spark, small, Math.min(rows, WARM_UP), FILES);
        }
        var scoring = new PlainScoring(file);
        measure("plain Java, Parquet read record by record", 1,
                () -> scoring.score(CustomerTable.files(small), 1), () -> scoring.score(CustomerTable.files(table), 1));
        var first = CustomerTable.files(small).getFirst();
        measure("plain Java, numbers in memory: the model alone", 1,
                () -> scoring.again(first, WARM_UP), () -> scoring.again(first, rows));
        try (var spark = Sessions.local(1)) {
            var few = spark.read().parquet(small.toString());
            var all = spark.read().parquet(table.toString());
            measure("Spark, rows to Java and back, no model", 1,
                    () -> Measured.consume(few.map(SAME, few.encoder())),
                    () -> Measured.consume(all.map(SAME, all.encoder())));
            var scorer = SparkScorer.of(spark, file);
            measure("Spark, `score`", 1, () -> Measured.consume(scorer.score(few)),
                    () -> Measured.consume(scorer.score(all)));
            var columns = scorer.schema().names().stream().map(functions::col).toArray(Column[]::new);
            var answer = scorer.function().apply(functions.struct(columns));
            measure("Spark, SQL function, row by row", 1, () -> Measured.consume(few.withColumn("answer", answer)),
                    () -> Measured.consume(all.withColumn("answer", answer)));
        }
        for (int cores = 2; cores <= threads; cores *= 2) {
            try (var spark = Sessions.local(cores)) {
                var few = spark.read().parquet(small.toString());
                var all = spark.read().parquet(table.toString());
                var scorer = SparkScorer.of(spark, file);
                measure("Spark, `score`", cores, () -> Measured.consume(scorer.score(few)),
                        () -> Measured.consume(scorer.score(all)));
            }
        }
        IO.println(String.format(Locale.ROOT, "%,d rows of 14 columns; model file of %,d bytes\n", rows, file.length));
        IO.println("| | cores | seconds | rows/s | µs a row and core | beside plain Java |");
        IO.println("|---|---|---|---|---|---|");
        lines.forEach(IO::println);
        return 0;
    }

    private void measure(String what, int cores, Measured.Work warmUp, Measured.Work work) throws Exception {
        warmUp.run();
        warmUp.run();
        double seconds = Measured.seconds(work);
        plain = lines.isEmpty() ? seconds : plain;
        lines.add(String.format(Locale.ROOT, "| %s | %d | %.1f | %,.0f | %.2f | %.2f× |", what, cores, seconds,
                rows / seconds, seconds * cores / rows * 1e6, plain / seconds));
    }
}
