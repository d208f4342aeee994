package org.espalier.bench.report;

import java.util.List;
import java.util.Optional;

/**
 * A row done by a peer in a round.
 *
 * @param row the row's name
 * @param peer the peer's name
 * @param round the round, from 0
 * @param note which of several ways the peer chose, in a word; missing or empty if it had no choice
 * @param allocatedBytes bytes allocated on the heap per execution
 * @param nanoseconds nanoseconds per execution, one number for each iteration
 */
public record Measurement(String row, String peer, int round, Optional<String> note, double allocatedBytes,
        List<Double> nanoseconds) {
    /** The median of the iterations. */
    public double time() {
        return Statistics.median(nanoseconds);
    }
}
