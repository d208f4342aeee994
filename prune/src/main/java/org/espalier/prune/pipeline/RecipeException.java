package org.espalier.prune.pipeline;

/** A recipe cannot be read; the cause says why. */
public final class RecipeException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** Names the line, which counts from 1. */
    RecipeException(int line, IllegalArgumentException cause) {
        super("recipe line " + line + ": " + cause.getMessage(), cause);
    }
}
