/**
 * Low-bit weights: quantizing a model after training or with it, and measuring what that costs at every stage of a
 * pipeline.
 *
 * <p>Start with {@link org.espalier.prune.quantize.QuantizedModel}, or with
 * {@link org.espalier.prune.quantize.QuantizationAware} to train on. Pruned weights stay pruned: zero has a code of its
 * own. This package may use all of {@code org.espalier.prune} and must not be used by it.
 */
package org.espalier.prune.quantize;
