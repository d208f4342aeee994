package org.espalier.prune.criterion;

/** A criterion gave a score that cannot be ranked: NaN or infinity. */
public final class ScoreException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Names the criterion, the weight and the unit. */
    public ScoreException(String criterion, String weight, String units, int index, double score) {
        super(criterion + ": the score of unit " + index + " of " + weight + " (" + units + ") is " + score
                + ", which cannot be ranked; look for NaN or infinity in the weights and in the calibration data");
    }
}
