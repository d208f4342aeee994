package org.espalier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.espalier.bench.peer.Peers;
import org.espalier.bench.report.Statistics;
import org.espalier.bench.task.Inference;
import org.espalier.bench.task.Mlp;

/**
 * What one would pick on the JVM instead: the same network served row by row by each library, as its users call it,
 * with what a call allocates and what the slowest of a hundred calls takes. A new process for each, with the JVM's
 * defaults.
 */
final class JvmPeers {
    private static final Mlp NET = Mlp.of(784, 300, 100, 10);
    private static final Mlp PRUNED = NET.pruned(93, 90, 60);
    private static final List<String> OTHERS = List.of("onnxruntime", "libtorch", "encog", "jpmml");

    private JvmPeers() {}

    private record Line(String name, String says, List<JvmPeerCalls.Result> results) {
        double median() {
            return Statistics.median(results.stream().map(JvmPeerCalls.Result::median).toList());
        }
    }

    /** Writes the page; the arguments are a folder, how many processes each gets, which others, and JVM flags. */
    public static void main(String... args) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(args[1]);
        var others = Pattern.compile(args[2]);
        var flags = List.of(args).subList(3, args.length);
        var lines = new ArrayList<Line>();
        lines.add(measure(Peers.SUBJECT, "Espalier, nine of ten weights pruned", PRUNED, rounds, flags));
        lines.add(measure(Peers.SUBJECT, "Espalier, dense", NET, rounds, flags));
        for (var peer : Peers.present()) {
            if (OTHERS.contains(peer.name()) && others.matcher(peer.name()).find()) {
                lines.add(measure(peer.name(), peer.name(), NET, rounds, flags));
            }
        }
        var file = Path.of(args[0], "jvm-peers.md");
        Files.writeString(file, page(lines, rounds, flags));
        System.out.println("Wrote " + file);
        System.exit(0);
    }

    private static Line measure(String peer, String name, Mlp net, int rounds, List<String> flags)
            throws IOException, InterruptedException {
        var results = new ArrayList<JvmPeerCalls.Result>();
        var says = "";
        for (int round = 0; round < rounds; round++) {
            var file = Files.createTempFile("espalier-calls", ".txt");
            try {
                var all = new ArrayList<>(
                        List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"));
                all.addAll(flags);
                var process = Jvm.of(JvmPeerCalls.class, all, VectorWidth.MACHINE.variables(),
                        List.of(file.toString(), peer, new Inference(net, 1, 1).name())).start();
                if (process.waitFor() != 0) {
                    throw new IOException(peer + " failed");
                }
                var lines = Files.readAllLines(file);
                results.add(JvmPeerCalls.Result.of(lines.getFirst()));
                says = lines.get(1);
            } finally {
                Files.deleteIfExists(file);
            }
        }
        var line = new Line(name, says, results);
        System.out.printf(Locale.ROOT, "%-40s %10.2f µs%n", name, line.median());
        return line;
    }

    private static String page(List<Line> lines, int rounds, List<String> flags) {
        var page = new StringBuilder(String.format(Locale.ROOT, """
                # What one would pick on the JVM instead

                A network of 784-300-100-10 that answers one row at a time, on one thread, by each library as its users
                call it; the answer is checked first. %d calls after warm-up in each of %d processes, medians over the
                processes. Only Espalier gains from pruning; the others compute the dense network, whose time does not
                depend on zeros. Allocation is what the caller's thread allocates on the Java heap; natives have more
                outside.

                - date: %s
                - processor: %s
                - JVM: %s %s

                | library | median call | 99 of 100 calls within | allocated per call | median / pruned | version |
                |---|---|---|---|---|---|
                """, JvmPeerCalls.CALLS, rounds, Environment.date(), Environment.processor(), Environment.jvm(),
                String.join(" ", flags)));
        double first = lines.getFirst().median();
        for (var line : lines) {
            page.append(String.format(Locale.ROOT, "| %s | %.2f µs | %.2f µs | %.0f B | %.1f | %s |%n", line.name(),
                    line.median(),
                    Statistics.median(line.results().stream().map(JvmPeerCalls.Result::tail).toList()),
                    Statistics.median(line.results().stream().map(JvmPeerCalls.Result::bytes).toList()),
                    line.median() / first, line.says().replace('|', '/')));
        }
        return page.toString();
    }
}
