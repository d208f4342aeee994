package org.espalier.trials;

import java.util.Locale;

/**
 * What the long tests try, and how often in each tier. {@code mvn verify} runs the first count, {@code mvn verify
 * -Dtier=nightly} the second, {@code -Dtier=release} the third; the system property named here, for example
 * {@code -Despalier.kills=50}, gives a test another count. Where the counts are equal the test is exhaustive.
 */
public enum Promise {
    /** First and second derivatives of every op. */
    DERIVATIVES("derivatives agree with differences in double precision, for each op", "gradients",
            50, 1_000, 1_000),
    /** The grid of the level-3 BLAS tester. */
    PRODUCT_GRID("products on the grid of the BLAS tester: error ratio below 16", "grid", 17_496, 17_496, 17_496),
    /** Larger products of random sizes. */
    PRODUCTS("products of random sizes up to 600: error within the bounds", "products", 12, 600, 10_000),
    /** Interpreter, compilers, vector widths. */
    JVM_MODES("the same bits from interpreter, both compilers and every vector width, inputs", "modes", 1, 4, 20),
    /** A process that is killed while it saves. */
    KILLED_FILE("kill -9 while saving: the old or the new file, no step lost", "kills", 10, 1_000, 3_000),
    /** A training that is killed. */
    KILLED_TRAINING("kill -9 while training: the run goes on to the same bytes", "training.kills", 3, 100, 1_000),
    /** A pruning pipeline that is killed. */
    KILLED_PIPELINE("kill -9 in a pipeline with a run directory: the same model and report", "pipeline.kills",
            3, 100, 1_000),
    /** A search that is killed. */
    KILLED_SEARCH("kill -9 in an automatic search: the same choice", "search.kills", 3, 50, 1_000),
    /** Every call to the file system fails once, and from then on always. */
    FAULTS("each call to the file system fails: typed exception, old file intact", "faults", 1, 1, 1),
    /** A model of a disk without power. */
    POWER_LOSS("power loss between any two calls: the old or the new file", "power.losses", 5_000, 5_000, 50_000),
    /** Flipped bits. */
    FLIPPED_BITS("every flipped bit of a 4 KiB file is found, in each version of each format", "flips", 1, 1, 1),
    /** Truncated files. */
    TRUNCATIONS("every truncation of a 4 KiB file is found, in each version of each format", "truncations", 1, 1, 1),
    /** Damaged inputs. */
    DAMAGED_INPUTS("damaged input: a result or a typed refusal within 1 MiB + 4 times the input, for one parser",
            "fuzz", 3_000, 150_000, 10_000_000),
    /** Predictions while the file is replaced. */
    SHARED_MODEL("24 threads predict while the file is replaced: bits of the old or the new model, per thread",
            "predictions", 1_000, 100_000, 100_000),
    /** Cut and resumed training. */
    RESUMED("a run cut after any step ends with the same bytes, steps", "cuts", 15, 200, 200),
    /** Steps that leak nothing. */
    STEPS("training steps leave heap, threads and handles as they were", "steps", 10_000, 1_000_000, 1_000_000),
    /** Loading that leaks nothing. */
    LOADS("loading a model leaves heap, threads and handles as they were", "loads", 1_000, 100_000, 100_000),
    /** Random models against the invariants of pruning. */
    INVARIANTS("random models keep the invariants of masks, methods and files", "invariants.cases", 24, 300, 3_000);

    private final String text;
    private final String property;
    private final long[] counts;

    Promise(String text, String property, long... counts) {
        this.text = text;
        this.property = property;
        this.counts = counts;
    }

    /** How many times a program of tests tries. */
    enum Tier {
        /** Any build. */
        BUILD,
        /** About 17 minutes on two cores. */
        NIGHTLY,
        /** As long as it takes. */
        RELEASE;

        static Tier current() {
            return valueOf(System.getProperty("espalier.tier", "build").toUpperCase(Locale.ROOT));
        }
    }

    /** How often to try. */
    public long count() {
        return Long.getLong("espalier." + property, counts[Tier.current().ordinal()]);
    }

    @Override
    public String toString() {
        return text;
    }
}
