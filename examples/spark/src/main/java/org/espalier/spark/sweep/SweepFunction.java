package org.espalier.spark.sweep;

import java.io.Serializable;

/**
 * What a sweep does with each configuration, on an executor. Its result must depend on the configuration alone: seeds
 * are part of it, and times and names of machines are not part of the result.
 *
 * @param <C> a configuration
 * @param <R> a result
 */
public interface SweepFunction<C extends Record, R extends Record> extends Serializable {
    /** The result for a configuration. */
    R run(C configuration) throws Exception;
}
