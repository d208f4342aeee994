package org.espalier.bench.report;

/**
 * What the report needs to know about a row.
 *
 * @param section the heading it stands under
 * @param name its name
 * @param threads how many threads each peer had
 * @param flops floating-point operations of one execution, 0 if memory alone limits
 * @param bytes bytes that must move, 0 if arithmetic alone limits
 * @param footprint bytes touched again at every execution
 * @param perEpoch executions in an epoch, 0 for rows without epochs
 */
public record RowInfo(
        String section, String name, int threads, double flops, double bytes, double footprint, int perEpoch) {
    /** The section of the rows that measure the machine. */
    public static final String MACHINE = "Machine";

    /** Whether this row measures the machine. */
    public boolean isMachine() {
        return section.equals(MACHINE);
    }
}
