package org.espalier.prune.quantize;

import org.espalier.compressed.QuantizedMatrix;

/**
 * The quantized weight of a layer. Errors are sums over samples and outputs of the squared change, for inputs from the
 * layers before, which are rounded already.
 *
 * @param layer its dotted name
 * @param weight the full name of its weight
 * @param codes the weight as integers
 * @param nearest the error if every weight had the nearest code
 * @param repaired the error of the codes; never more
 */
public record Rounded(String layer, String weight, QuantizedMatrix codes, double nearest, double repaired) {}
