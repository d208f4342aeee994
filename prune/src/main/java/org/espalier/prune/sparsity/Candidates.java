package org.espalier.prune.sparsity;

/**
 * The scored units of one layer.
 *
 * @param layer the layer's name
 * @param units the units as they are now
 * @param atStart the units as they were when the stage began
 * @param scores a score for each unit, higher more important; those of removed units are ignored
 */
public record Candidates(String layer, Units units, Units atStart, double[] scores) {
    /**
     * Refuses scores that cannot be ranked.
     *
     * @throws IllegalArgumentException if the number of scores is not that of the units, or the score of a unit that is
     *     left is NaN or infinite; it names the layer and the unit
     */
    public Candidates {
        if (scores.length != units.count()) {
            throw new IllegalArgumentException("layer '" + layer + "': " + scores.length + " scores for " + units);
        }
        for (int unit = 0; unit < scores.length; unit++) {
            if (!Double.isFinite(scores[unit]) && !units.isRemoved(unit)) {
                throw new IllegalArgumentException("layer '" + layer + "': the score of unit " + unit + " of " + units
                        + " is " + scores[unit] + "; look for NaN or infinity in the weights and in the data");
            }
        }
    }

    /** Candidates at the beginning of a stage. */
    public Candidates(String layer, Units units, double[] scores) {
        this(layer, units, units, scores);
    }

    int alive() {
        return units.count() - units.removed();
    }

    boolean[] keepsAlive() {
        var keeps = new boolean[units.count()];
        for (int unit = 0; unit < keeps.length; unit++) {
            keeps[unit] = !units.isRemoved(unit);
        }
        return keeps;
    }
}
