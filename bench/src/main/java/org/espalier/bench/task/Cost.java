package org.espalier.bench.task;

/**
 * The least a machine must do for one execution.
 *
 * @param flops floating-point operations, a fused multiply-add counting as two; 0 where memory alone limits
 * @param bytes bytes that must be read or written; 0 where arithmetic alone limits
 * @param footprint bytes touched again at every execution: decides which cache they come from
 */
public record Cost(double flops, double bytes, double footprint) {
    /** Arithmetic on data that is touched once per execution. */
    public static Cost of(double flops, double bytes) {
        return new Cost(flops, bytes, bytes);
    }
}
