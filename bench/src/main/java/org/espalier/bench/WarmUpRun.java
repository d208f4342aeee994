package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.espalier.bench.report.Statistics;
import org.espalier.kernel.choice.KernelChoice;

/**
 * A service that has just been started: what its first requests take in all with the vector module, whose kernels are
 * compiled meanwhile, beside the same service on scalar kernels. New processes in turn, with the flags of a service and
 * none of the harness.
 */
final class WarmUpRun {
    private static final double GOAL = 1.15;

    /** The first requests of a service, for which the goal holds. */
    private static final int FIRST = 5000;

    /** Requests after which the time so far is noted. */
    static final List<Integer> MARKS = List.of(50, 100, 250, 500, 1000, 2000, 3000, 4000, FIRST, 10_000, 20_000);

    private WarmUpRun() {}

    /** Writes the page; the arguments are a folder, how many processes of each kind, which nets, and JVM flags. */
    public static void main(String... args) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(args[1]);
        var nets = Pattern.compile(args[2]);
        var flags = List.of(args).subList(3, args.length);
        var page = new StringBuilder(head(rounds, flags));
        for (int clients = 1; clients <= 2; clients++) {
            for (var net : YoungService.Net.values()) {
                if (nets.matcher(net.title()).find()) {
                    page.append(section(net, clients, rounds, flags));
                }
            }
        }
        var file = Path.of(args[0], "warm-up.md");
        Files.writeString(file, page);
        System.out.println("Wrote " + file);
        System.exit(0);
    }

    private static String head(int rounds, List<String> flags) {
        return String.format(Locale.ROOT, """
                # The first requests of a service

                One row of %d inputs a request, one request after the other, on %d cores. With the vector module and
                default settings scalar kernels answer until the compiler is done with the vector ones, which a thread
                of low priority sees to, beginning two seconds after the first request. Milliseconds from the first
                request on, so of all requests so far; median of %d processes each, started in turn. The ratio is the
                median of the ratios within a turn, above 1 the vector module is slower. Goal: at most %.2f at any
                point of the first %d requests.

                - date: %s
                - processor: %s
                - JVM: %s %s

                """, YoungService.INPUTS, Runtime.getRuntime().availableProcessors(), rounds, GOAL, FIRST,
                Environment.date(), Environment.processor(), Environment.jvm(), String.join(" ", flags));
    }

    private static String section(YoungService.Net net, int clients, int rounds, List<String> flags)
            throws IOException, InterruptedException {
        List<List<Double>> scalar = new ArrayList<>();
        List<List<Double>> vector = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            boolean first = round % 2 == 0;
            (first ? scalar : vector).add(run(first ? "scalar" : "auto", net, clients, flags));
            (first ? vector : scalar).add(run(first ? "auto" : "scalar", net, clients, flags));
        }
        var text = new StringBuilder(String.format(Locale.ROOT, "## %s, %d client%s%n%n| requests | scalar, ms | "
                + "vector module, ms | vector module / scalar |%n|---|---|---|---|%n", net.title(), clients,
                clients == 1 ? "" : "s"));
        double worst = 0;
        for (int mark = 0; mark < MARKS.size(); mark++) {
            List<Double> slow = new ArrayList<>();
            List<Double> fast = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                slow.add(scalar.get(round).get(mark));
                fast.add(vector.get(round).get(mark));
                ratios.add(fast.getLast() / slow.getLast());
            }
            double ratio = Statistics.median(ratios);
            if (MARKS.get(mark) <= FIRST) {
                worst = Math.max(worst, ratio);
            }
            text.append(String.format(Locale.ROOT, "| %d | %.1f | %.1f | %.2f |%n", MARKS.get(mark),
                    Statistics.median(slow), Statistics.median(fast), ratio));
        }
        String last = String.format(Locale.ROOT, "%nLargest ratio of the first %d: **%.2f**, %s.%n%n", FIRST, worst,
                worst <= GOAL ? "within the goal" : "above the goal");
        System.out.printf(Locale.ROOT, "%s, %d clients: largest ratio %.2f%n", net.title(), clients, worst);
        return text + last;
    }

    /** The milliseconds at each mark. */
    private static List<Double> run(String kernels, YoungService.Net net, int clients, List<String> flags)
            throws IOException, InterruptedException {
        var file = Files.createTempFile("espalier-warm-up", ".txt");
        try {
            var all = new ArrayList<String>();
            if (!kernels.equals("scalar")) {
                all.addAll(List.of("--add-modules", "jdk.incubator.vector"));
            }
            all.addAll(flags);
            all.addAll(List.of("-D" + KernelChoice.PROPERTY + "=" + kernels));
            var process = Jvm.of(YoungService.class, all, VectorWidth.MACHINE.variables(),
                    List.of(file.toString(), net.name(), String.valueOf(clients)))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (process.waitFor() != 0) {
                throw new IOException("a service on " + kernels + " kernels failed");
            }
            return Files.readAllLines(file).stream().map(Double::valueOf).toList();
        } finally {
            Files.deleteIfExists(file);
        }
    }
}
