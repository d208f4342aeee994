/**
 * Weights in fewer bytes: in memory as a {@link org.espalier.compressed.QuantizedWeight} (integers with a scale per
 * row, a codebook of shared values, bfloat16), in a model file as a {@link org.espalier.compressed.PackedWeight}.
 *
 * <p>Three names: an {@link org.espalier.compressed.Encoding} says how values are stored ({@code f32}, {@code bf16},
 * {@code int8}, {@code codebook4}), a {@link org.espalier.compressed.Layout} says which elements are stored ({@code
 * all}, {@code bitmap}, {@code gaps}), and a {@link org.espalier.compressed.Packing} is one of each. A packed weight is
 * a few plain tensors that any safetensors reader can read.
 *
 * <p>Uses tensors and the tensors of files; nothing of layers.
 */
package org.espalier.compressed;
