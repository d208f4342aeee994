package org.espalier.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.espalier.bench.peer.Peers;
import org.espalier.bench.peer.Work;
import org.espalier.kernel.choice.KernelChoice;

/** The process in which {@link JvmPeers} times single calls of one library. */
final class JvmPeerCalls {
    static final int CALLS = 20_000;
    private static final long WARM_UP = 4_000_000_000L;
    private static final long LIMIT = 10_000_000_000L;

    private JvmPeerCalls() {}

    /**
     * What calls take.
     *
     * @param median microseconds of the median call
     * @param tail microseconds that 99 of 100 calls do not exceed
     * @param bytes allocated on the heap per call
     */
    record Result(double median, double tail, double bytes) {
        static Result of(String line) {
            var parts = line.split(" ");
            return new Result(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]),
                    Double.parseDouble(parts[2]));
        }

        @Override
        public String toString() {
            return median + " " + tail + " " + bytes;
        }
    }

    /** Writes the result and what the library says of itself; the arguments are a file, a peer and a row. */
    public static void main(String... args) throws IOException {
        var task = BenchRows.named(args[2]).task();
        var work = Peers.offer(args[1], task).get();
        task.verify(work.result());
        Files.write(Path.of(args[0]), List.of(measure(work).toString(), Peers.named(args[1]).describe()));
        System.exit(0);
    }

    private static Result measure(Work work) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP || !settled()) {
            work.run();
        }
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var micros = new double[CALLS];
        int calls = 0;
        long begin = System.nanoTime();
        long before = threads.getCurrentThreadAllocatedBytes();
        while (calls < CALLS && System.nanoTime() - begin < LIMIT) {
            long called = System.nanoTime();
            work.run();
            micros[calls++] = (System.nanoTime() - called) / 1000.0;
        }
        double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - before) / calls;
        double[] sorted = Arrays.copyOf(micros, calls);
        Arrays.sort(sorted);
        return new Result(sorted[calls / 2], sorted[(int) (0.99 * (calls - 1))], bytes);
    }

    private static boolean settled() {
        var kernels = KernelChoice.current();
        return kernels.dense().settled() && kernels.sparse().settled();
    }
}
