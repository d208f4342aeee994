package org.espalier.spark.demo;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.espalier.spark.SparkScorer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long tables of several sizes take: one thread, all threads, Spark with the start of its session and without.
 * Prints a table in Markdown.
 */
@Command(name = "growing", mixinStandardHelpOptions = true, description = "From which size on threads and Spark pay.")
public final class Growing implements Callable<Integer> {
    @Option(names = "--most", description = "rows of the largest table (${DEFAULT-VALUE})")
    private long most = 1_000_000;

    @Option(names = "--dir", description = "where the tables go (${DEFAULT-VALUE})")
    private Path directory = Path.of("target", "growing");

    @Option(names = "--threads", description = "cores to use (${DEFAULT-VALUE})")
    private int threads = Runtime.getRuntime().availableProcessors();

    private Growing() {}

    /** Measures, and ends the process with the exit code of the command. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Growing());
    }

    @Override
    public Integer call() throws Exception {
        byte[] file;
        try (var spark = Sessions.local(threads)) {
            file = CustomerTable.train(spark).file();
            for (long rows = 1_000; rows <= most; rows *= 10) {
                CustomerTable.parquet(spark, table(rows), rows, threads);
            }
            Measured.consume(SparkScorer.of(spark, file).score(spark.read().parquet(table(1_000).toString())));
        }
        var plain = new PlainScoring(file);
        plain.score(CustomerTable.files(table(most)), threads);
        IO.println("| rows | one thread | " + threads + " threads | Spark on " + threads
                + " cores, session there | with the start of a session |");
        IO.println("|---|---|---|---|---|");
        for (long rows = 1_000; rows <= most; rows *= 10) {
            var files = CustomerTable.files(table(rows));
            double one = Measured.seconds(() -> plain.score(files, 1));
            double all = Measured.seconds(() -> plain.score(files, threads));
            long start = System.nanoTime();
            try (var spark = Sessions.local(threads)) {
                double session = (System.nanoTime() - start) / 1e9;
                var parquet = table(rows).toString();
                Measured.Work score =
                        () -> Measured.consume(SparkScorer.of(spark, file).score(spark.read().parquet(parquet)));
                double first = Measured.seconds(score);
                double again = Measured.seconds(score);
                IO.println(String.format(Locale.ROOT, "| %,d | %.3f s | %.3f s | %.3f s | %.3f s |", rows, one, all,
                        again, session + first));
            }
        }
        return 0;
    }

    private Path table(long rows) {
        return directory.resolve("rows-" + rows);
    }
}
