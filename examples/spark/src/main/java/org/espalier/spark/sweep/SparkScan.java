package org.espalier.spark.sweep;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.sql.SparkSession;
import org.espalier.prune.Sensitivity;
import org.espalier.prune.SensitivityScan;
import org.espalier.spark.JvmCache;

/**
 * A {@link SensitivityScan} with a job for each criterion and layer.
 *
 * <pre>{@code
 * Sensitivity scan = SparkScan.of(spark, () -> SensitivityScan.of(model(), measure())).run();
 * }</pre>
 */
public final class SparkScan {
    private static final JvmCache<SensitivityScan> SCANS = new JvmCache<>(4);

    private final SparkSession spark;
    private final Source source;
    private final Optional<Path> directory;

    private SparkScan(SparkSession spark, Source source, Optional<Path> directory) {
        this.spark = spark;
        this.source = source;
        this.directory = directory;
    }

    /**
     * Makes the scan, on the driver and in each executor JVM: loads model and samples from where all of them find it,
     * or carries them as bytes.
     */
    public interface Source extends Serializable {
        /** The scan, always the same. */
        SensitivityScan scan() throws Exception;
    }

    /**
     * What a job tries.
     *
     * @param criterion the text of the criterion
     * @param layer the layer
     */
    public record Part(String criterion, String layer) {}

    /** A scan that keeps nothing. */
    public static SparkScan of(SparkSession spark, Source source) {
        return new SparkScan(spark, source, Optional.empty());
    }

    /** Keeps every part in this directory of the driver, and takes from there what an earlier scan finished. */
    public SparkScan resumeFrom(Path directory) {
        return new SparkScan(spark, source, Optional.of(directory));
    }

    /**
     * Scans: the result of {@link SensitivityScan#run}, to the bit.
     *
     * @throws IllegalStateException if a part failed; the message says which and why, and the others are kept
     * @throws Exception what the source throws
     */
    public Sensitivity run() throws Exception {
        var scan = source.scan();
        var parts = new ArrayList<Part>();
        for (var criterion : scan.criteria()) {
            scan.layers().forEach(layer -> parts.add(new Part(criterion.text(), layer)));
        }
        var from = source;
        var id = UUID.randomUUID().toString();
        var sweep = Sweep.of(spark, Part.class, Sensitivity.class, part -> {
            var all = SCANS.get(id, from::scan);
            var criterion = all.criteria().stream()
                    .filter(one -> one.text().equals(part.criterion()))
                    .findFirst()
                    .orElseThrow();
            return all.criteria(criterion).layers(part.layer()).run();
        });
        var result = (directory.isPresent() ? sweep.resumeFrom(directory.get()) : sweep).run(List.copyOf(parts));
        if (!result.failed().isEmpty()) {
            throw new IllegalStateException(result.summary());
        }
        return Sensitivity.merge(result.results());
    }
}
