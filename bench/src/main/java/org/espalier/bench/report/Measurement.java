package org.espalier.bench.report;

import java.util.List;

/**
 * One process: a row done by a peer in a round.
 *
 * @param row the row's name
 * @param peer the peer's name
 * @param round the round, from 0
 * @param nanoseconds nanoseconds per execution, one number for each iteration
 * @param allocated bytes allocated on the heap per execution
 */
public record Measurement(String row, String peer, int round, List<Double> nanoseconds, double allocated) {
    /** The median of the iterations. */
    public double time() {
        return Statistics.median(nanoseconds);
    }
}
