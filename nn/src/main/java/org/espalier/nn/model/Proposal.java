package org.espalier.nn.model;

import java.util.List;
import org.espalier.nn.Sequential;

/**
 * A model proposed from the names and shapes of a state that has no architecture.
 *
 * @param model the model, with the values of the state
 * @param assumptions what was assumed, a sentence each: to be compared with the program that made the state
 */
public record Proposal(Sequential model, List<String> assumptions) {
    /** Copies the list. */
    public Proposal {
        assumptions = List.copyOf(assumptions);
    }

    /** The model and the assumptions, a line each. */
    @Override
    public String toString() {
        return model + "\n  assumed: " + String.join("\n  assumed: ", assumptions);
    }
}
