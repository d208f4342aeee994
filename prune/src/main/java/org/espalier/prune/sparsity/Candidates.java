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
