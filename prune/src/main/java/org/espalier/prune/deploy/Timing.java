package org.espalier.prune.deploy;

/**
 * What a call takes, measured twice.
 *
 * @param micros microseconds, the shorter of both measurements
 * @param noise how much longer the other was, as a fraction of {@code micros}
 */
record Timing(double micros, double noise) {
    /** Of two measurements. */
    static Timing of(double first, double second) {
        double least = Math.min(first, second);
        return new Timing(least, (Math.max(first, second) - least) / least);
    }

    /** Whether this takes less than a share of what another takes, by more than either measurement is uncertain. */
    boolean beats(Timing other, double share) {
        return micros * (1 + Math.max(noise, other.noise)) < share * other.micros;
    }
}
