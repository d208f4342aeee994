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
 * @param disturbed whether the machine was slower just before or after than it can be; missing if that is not known
 * @param nanoseconds nanoseconds per execution, one number for each iteration
 */
public record Measurement(String row, String peer, int round, Optional<String> note, double allocatedBytes,
        Optional<Boolean> disturbed, List<Double> nanoseconds) {
    /** One of which it is not known whether it was disturbed. */
    public Measurement(String row, String peer, int round, Optional<String> note, double allocatedBytes,
            List<Double> nanoseconds) {
        this(row, peer, round, note, allocatedBytes, Optional.empty(), nanoseconds);
    }

    /** The same, known to be disturbed or not. */
    public Measurement disturbed(boolean is) {
        return new Measurement(row, peer, round, note, allocatedBytes, Optional.of(is), nanoseconds);
    }

    /** The median of the iterations. */
    public double time() {
        return Statistics.median(nanoseconds);
    }
}
