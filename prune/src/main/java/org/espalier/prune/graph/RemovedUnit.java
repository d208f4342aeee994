package org.espalier.prune.graph;

/**
 * A unit that a shrink took out.
 *
 * @param layer the layer that made it, or {@link ShrinkResult#INPUT}
 * @param index its number there
 * @param cause why it could go
 */
public record RemovedUnit(String layer, int index, RemovalCause cause) {}
