package org.espalier.prune.sparsity;

import org.espalier.prune.notation.Notation;

/**
 * What a layer keeps whatever the scores say: a guard against layer collapse. It never brings anything back.
 *
 * @param units at least this many units
 * @param share and at least this fraction of all its units, rounded up
 * @param connected and at least as many weights as the layer has inputs or neurons, whichever are more: with fewer,
 *     some input or neuron is cut off for certain
 */
@Notation("{units} units, share {share}[, {connected}]")
public record Floor(int units, double share, boolean connected) {
    /** No guard. */
    public static final Floor NONE = new Floor(0, 0, false);

    /**
     * The floor of global rankings: as many weights as the layer has inputs or neurons, whichever are more. A small
     * last layer, such as 32 → 1, is then kept whole.
     */
    public static final Floor CONNECTED = new Floor(1, 0, true);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if a number is negative or the fraction is above 1
     */
    public Floor {
        if (units < 0 || !(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException(
                    "a floor needs units >= 0 and a share in [0, 1]: " + units + ", " + share);
        }
    }

    /** At least this many units. */
    public static Floor units(int units) {
        return new Floor(units, 0, false);
    }

    /** At least this fraction of all units of the layer. */
    public static Floor share(double share) {
        return new Floor(0, share, false);
    }

    /** How many units of a layer must stay. */
    public int of(Units layer) {
        int total = layer.count();
        double least = Math.max(units, Math.ceil(share * total));
        if (connected && total > 0) {
            double lines = Math.max(layer.shape().dim(0), layer.shape().dim(1));
            least = Math.max(least, Math.ceil(lines * total / Math.max(1, layer.shape().size())));
        }
        return (int) Math.min(total, least);
    }
}
