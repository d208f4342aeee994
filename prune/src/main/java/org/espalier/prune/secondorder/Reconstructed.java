package org.espalier.prune.secondorder;

/**
 * The result for one layer. Errors are sums over samples and outputs of the squared change, for inputs from the layers
 * before, which are pruned already.
 *
 * @param layer its dotted name
 * @param kept weights that are left
 * @param size all weights
 * @param masked the error if the same weights were removed and the others left as they were
 * @param repaired the error with the others changed
 */
public record Reconstructed(String layer, int kept, int size, double masked, double repaired) {}
