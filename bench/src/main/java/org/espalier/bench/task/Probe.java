package org.espalier.bench.task;

/**
 * A property of the machine, measured like any other row and then used as the bound of the others.
 *
 * @param kind which property
 * @param threads how many threads work at once
 */
public record Probe(Kind kind, int threads) implements Workload {
    /** Executions of the innermost step in one execution of an arithmetic probe. */
    public static final int STEPS = 100_000;

    /** Independent chains of the arithmetic peak: latency 4 on two units needs 8, and the rest hides the loop. */
    public static final int CHAINS = 12;

    /** Float lanes the arithmetic peak is quoted for; a machine with fewer needs more instructions for them. */
    public static final int LANES = 16;

    private static final int PATTERN = 4096;

    /** The properties. */
    public enum Kind {
        /** Dependent one-cycle integer operations: two in a step. Their rate is twice the clock. */
        CLOCK("clock", 0),
        /** Independent fused multiply-adds on registers. */
        FMA_PEAK("FMA peak", 0),
        /** Reads of 16 KiB, aligned. */
        READ_L1("read L1", 16 << 10),
        /** Reads of the same amount, each load crossing a cache line where loads are as wide as a line. */
        READ_L1_SPLIT("read L1, split lines", 16 << 10),
        /** Reads of 512 KiB. */
        READ_L2("read L2", 512 << 10),
        /** Reads of 8 MiB for each thread. */
        READ_L3("read L3", 8 << 20),
        /** Reads of 256 MiB for each thread. */
        READ_MEMORY("read memory", 256 << 20);

        private final String label;
        private final int bytes;

        Kind(String label, int bytes) {
            this.label = label;
            this.bytes = bytes;
        }

        /** Bytes that each thread reads again and again; 0 for arithmetic. */
        public int bytes() {
            return bytes;
        }
    }

    /** How often the bytes are read in one execution: small sets often, so that starting does not count. */
    public int passes() {
        return kind.bytes == 0 ? 0 : Math.max(1, (4 << 20) / kind.bytes);
    }

    @Override
    public String name() {
        return kind.label + Workload.suffix(threads);
    }

    @Override
    public Cost cost() {
        return switch (kind) {
            case CLOCK -> Cost.of(2.0 * STEPS * threads, 0);
            case FMA_PEAK -> Cost.of(2.0 * STEPS * CHAINS * LANES * threads, 0);
            default -> Cost.of(0, (double) passes() * kind.bytes * threads);
        };
    }

    /** The numbers read: a pattern of 16 KiB, repeated. */
    public float[] values() {
        var values = new float[kind.bytes / Float.BYTES];
        var pattern = pattern();
        for (int i = 0; i < values.length; i += PATTERN) {
            System.arraycopy(pattern, 0, values, i, PATTERN);
        }
        return values;
    }

    /** Random signs, 1 or −1: their sums are integers, the same for any number of lanes and chains, in any order. */
    private static float[] pattern() {
        var pattern = BenchData.uniform(11, PATTERN);
        for (int i = 0; i < PATTERN; i++) {
            pattern[i] = pattern[i] < 0 ? -1 : 1;
        }
        return pattern;
    }

    /** Checks one total: of the passes over the values, of the chains, or the lowest 20 bits of the integer chain. */
    @Override
    public void verify(float[] result) {
        switch (kind) {
            case CLOCK -> ReferenceCheck.close(name(), result, new double[] {clockChain(1)}, 0);
            case FMA_PEAK -> ReferenceCheck.close(name(), result, new double[] {fmaChain()}, 0);
            default -> {
                double sum = 0;
                for (float value : pattern()) {
                    sum += value;
                }
                double patterns = (double) passes() * kind.bytes / (PATTERN * Float.BYTES);
                ReferenceCheck.close(name(), result, new double[] {sum * patterns}, 0);
            }
        }
    }

    /** The integer chain: an addition and an exclusive or, {@link #STEPS} times; its lowest 20 bits. */
    public static float clockChain(long start) {
        long x = start;
        for (int i = 0; i < STEPS; i++) {
            x = x + 0x9E3779B9L ^ 0x5DEECE66DL;
        }
        return x & 0xfffff;
    }

    /** One chain of the peak, which converges to 2: y ← y · 0.5 + 1, {@link #STEPS} times. */
    public static float fmaChain() {
        float y = 0;
        for (int i = 0; i < STEPS; i++) {
            y = Math.fma(y, 0.5f, 1f);
        }
        return y;
    }
}
