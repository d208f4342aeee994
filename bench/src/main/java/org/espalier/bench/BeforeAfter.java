package org.espalier.bench;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.espalier.bench.peer.Peers;
import org.espalier.bench.peer.Work;
import org.espalier.bench.report.Statistics;

/**
 * Rows of this build beside the same rows of another one, in one process. Two processes with the same code may differ
 * by a third, by where their arrays lie and by what the machine does meanwhile; here both fall on either build alike.
 * The other build is loaded by a class loader of its own, so the two share the JVM and its vectors, and no class of
 * ours.
 */
final class BeforeAfter {
    private static final long TURN = 100_000_000;
    private static final String CLASSES = "target/classes";

    private BeforeAfter() {}

    /** A row's times in nanoseconds, and the median over the turns of after to before. */
    private record Line(String row, double before, double after, double ratio) {}

    /** Writes the page; the arguments are a folder, how many turns each build gets, which rows, and the other build. */
    public static void main(String... args) throws IOException, ReflectiveOperationException {
        int turns = Integer.parseInt(args[1]);
        var wanted = Pattern.compile(args[2]);
        var before = Build.at(Path.of(args[3]));
        var after = new Build(BeforeAfter.class.getClassLoader());
        var names = BenchRows.all().stream().map(row -> row.task().name())
                .filter(name -> wanted.matcher(name).find()).toList();
        var lines = new ArrayList<Line>();
        for (var name : names) {
            if (Peers.named(Peers.SUBJECT).offer(BenchRows.named(name).task()).isEmpty()) {
                continue;
            }
            var line = measure(name, before.work(name), after.work(name), turns);
            lines.add(line);
            System.out.printf(Locale.ROOT, "%-44s %12.2f µs %12.2f µs %6.3f%n", name, line.before() / 1000,
                    line.after() / 1000, line.ratio());
        }
        var file = Path.of(args[0], "before-after.md");
        Files.writeString(file, page(lines, turns));
        System.out.println("Wrote " + file);
        // a pool of threads may be left
        System.exit(0);
    }

    private static Line measure(String row, Runnable before, Runnable after, int turns) {
        var times = Turns.of(List.of(before, after), turns, TURN);
        return new Line(row, Statistics.median(times.get(0)), Statistics.median(times.get(1)),
                Statistics.median(Turns.ratios(times)));
    }

    private static String page(List<Line> lines, int turns) {
        var page = new StringBuilder(String.format(Locale.ROOT, """
                # Before and after

                Rows of the suite by another build and by this one, alternating in one process, %d turns of %d ms each;
                the ratio is the median over the turns, below 1 this build is faster.

                - date: %s
                - processor: %s
                - JVM: %s

                | row | before µs | after µs | ratio |
                |---|---|---|---|
                """, turns, TURN / 1_000_000, Environment.date(), Environment.processor(), Environment.jvm()));
        lines.forEach(line -> page.append(String.format(Locale.ROOT, "| %s | %.2f | %.2f | %.3f |%n", line.row(),
                line.before() / 1000, line.after() / 1000, line.ratio())));
        return page.toString();
    }

    /**
     * A build of the library and of this suite.
     *
     * @param loader loads its classes
     */
    private record Build(ClassLoader loader) {
        /** That of another checkout, with the same libraries. */
        static Build at(Path root) throws IOException {
            var urls = new ArrayList<URL>();
            for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
                var path = Path.of(entry).toAbsolutePath();
                if (path.endsWith(CLASSES)) {
                    path = root.resolve(path.getParent().getParent().getFileName()).resolve(CLASSES);
                    if (!Files.isDirectory(path)) {
                        throw new IOException(path + " is not there: build the other checkout first");
                    }
                }
                urls.add(path.toUri().toURL());
            }
            return new Build(new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()));
        }

        /** The work of a row, called in the same way for every build. */
        Runnable work(String row) throws ReflectiveOperationException {
            // peers are found by the loader of the thread
            var thread = Thread.currentThread();
            var own = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                var found = method(BenchRows.class, "named").invoke(null, row);
                var task = method(found.getClass(), "task").invoke(found);
                var offered = (Supplier<?>) method(Peers.class, "offer").invoke(null, Peers.SUBJECT, task);
                var work = offered.get();
                var run = method(Work.class, "run");
                return () -> call(run, work);
            } finally {
                thread.setContextClassLoader(own);
            }
        }

        private Method method(Class<?> owner, String name) throws ReflectiveOperationException {
            var method = Arrays.stream(loader.loadClass(owner.getName()).getDeclaredMethods())
                    .filter(one -> one.getName().equals(name) && !one.isBridge()).findFirst()
                    .orElseThrow(() -> new NoSuchMethodException(owner.getSimpleName() + "." + name));
            method.setAccessible(true);
            return method;
        }

        private static void call(Method run, Object work) {
            try {
                run.invoke(work);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
