package org.espalier.prune.criterion;

/** A criterion gave a score that is not a number. */
public final class ScoreException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Names the criterion, the weight and the unit. */
    public ScoreException(String criterion, String weight, String units, int index) {
        super(criterion + ": the score of unit " + index + " of " + weight + " (" + units
                + ") is not a number; look for NaN or infinity in the weights or in the calibration data");
    }
}
