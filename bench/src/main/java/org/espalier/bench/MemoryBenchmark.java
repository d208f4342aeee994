package org.espalier.bench;

import java.util.concurrent.TimeUnit;
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
 * How fast this machine moves floats: the ceiling that the numbers of memory-bound kernels are read against. One copy
 * of {@code floats} elements reads and writes 4 bytes for each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MemoryBenchmark {

    /** 16 KiB fit the first cache level, 1 MiB about the second, 64 MiB none. */
    @Param({"4096", "262144", "16777216"})
    int floats;

    private float[] from;
    private float[] to;

    @Setup
    public void allocate() {
        from = new float[floats];
        to = new float[floats];
        for (int i = 0; i < floats; i++) {
            from[i] = i;
        }
    }

    @Benchmark
    public float[] copy() {
        System.arraycopy(from, 0, to, 0, floats);
        return to;
    }
}
