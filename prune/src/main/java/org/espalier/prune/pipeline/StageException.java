package org.espalier.prune.pipeline;

/** A stage of a pipeline could not be carried out; the cause says why. The model is as it was before the run. */
public final class StageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Names the stage. */
    public StageException(String stage, IllegalArgumentException cause) {
        super("stage '" + stage + "': " + cause.getMessage(), cause);
    }
}
