/**
 * Layers, parameters with masks, losses and initializers.
 *
 * <p>Start with {@link org.espalier.nn.Sequential} and {@link org.espalier.nn.Layer}; {@link org.espalier.nn.Parameter}
 * is what a layer learns, {@link org.espalier.nn.Mask} what pruning keeps of it, {@link org.espalier.nn.Mode} says how
 * a model is being run. To add a layer: one class that implements {@code Layer}, and its line in the model file's
 * table. This package uses {@code org.espalier.tensor} and {@code org.espalier.io}, never the optimizers or the
 * trainer.
 */
package org.espalier.nn;
