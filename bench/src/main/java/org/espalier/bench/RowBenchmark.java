package org.espalier.bench;

import java.util.concurrent.TimeUnit;
import org.espalier.bench.peer.Peers;
import org.espalier.bench.peer.Work;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One row of the table done by one peer. The answer is checked before the clock starts. {@link Suite} runs all of them,
 * no two peers in the same process; alone, it is a JMH benchmark like any other: {@code -p row=… -p peer=…}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = {
    "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xbatch",
    "-Despalier.kernels=vector"
})
public class RowBenchmark {

    @Param({"sgemm 300x128x784", "infer 784-300-100-10 b64", "train 784-300-100-10 b64"})
    String row;

    @Param(Peers.SUBJECT)
    String peer;

    /** Whether to compare the answer with a reference first, which may take longer than to measure. */
    @Param("true")
    boolean check;

    /** What the work prepared last chose; read where the benchmark runs in the process that asks. */
    private static volatile String note = "";

    private Work work;

    /** Prepares the work, checks its answer, and runs it until the compiler has nothing left to do. */
    @Setup
    public void prepare() {
        var task = BenchRows.named(row).task();
        work = Peers.offer(peer, task).get();
        note = work.note();
        if (check) {
            task.verify(work.result());
        }
        new CompilerWarmUp(work::run).untilCompiled();
    }

    static String note() {
        return note;
    }

    /** The work. */
    @Benchmark
    public Object run() {
        return work.run();
    }
}
