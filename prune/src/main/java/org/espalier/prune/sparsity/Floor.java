package org.espalier.prune.sparsity;

/**
 * What a layer keeps whatever the scores say: a guard against the collapse of a layer. It never brings anything back.
 *
 * @param units at least so many units
 * @param share and at least this share of all its units, rounded up
 */
public record Floor(int units, double share) {
    /** No guard. */
    public static final Floor NONE = new Floor(0, 0);

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException if a number is negative or the share is above 1
     */
    public Floor {
        if (units < 0 || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "a floor needs units >= 0 and a share in [0, 1]: " + units + ", " + share);
        }
    }

    /** At least so many units. */
    public static Floor units(int units) {
        return new Floor(units, 0);
    }

    /** At least this share of all units of the layer. */
    public static Floor share(double share) {
        return new Floor(0, share);
    }

    /** How many of {@code total} units must stay. */
    int of(int total) {
        return (int) Math.min(total, Math.max(units, Math.ceil(share * total)));
    }
}
