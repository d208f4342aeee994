package org.espalier.prune.graph;

/**
 * A unit that is dead or constant, and yet could not be taken out.
 *
 * @param layer the layer that makes it, or {@link ShrinkResult#INPUT}
 * @param index its number there
 * @param reason why it has to stay
 */
public record RefusedUnit(String layer, int index, KeepReason reason) {}
