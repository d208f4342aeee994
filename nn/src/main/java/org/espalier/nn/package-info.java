/**
 * Layers, parameters with masks, and initializers. What is here, in groups:
 *
 * <ul>
 *   <li>what a model consists of: {@link org.espalier.nn.Layer}, {@link org.espalier.nn.Parameter}, which a layer
 *       learns, and {@link org.espalier.nn.Mask}, what pruning keeps of it; {@link org.espalier.nn.Mode} says how a
 *       model is being run, {@link org.espalier.nn.Init} how it starts, {@link org.espalier.nn.StateDict} is all its
 *       values;
 *   <li>layers that hold layers: {@link org.espalier.nn.Sequential}, {@link org.espalier.nn.Residual}, {@link
 *       org.espalier.nn.Concat}, {@link org.espalier.nn.Graph} with its joins;
 *   <li>layers with parameters: {@link org.espalier.nn.Linear}, {@link org.espalier.nn.Embedding}, the norms, {@link
 *       org.espalier.nn.IntegerLinear};
 *   <li>activations: one file each, and all of them as factories of {@link org.espalier.nn.Activation};
 *   <li>preprocessing as layers: {@link org.espalier.nn.Scale}, {@link org.espalier.nn.Impute}, {@link
 *       org.espalier.nn.OneHot}, {@link org.espalier.nn.MissingIndicator}, {@link org.espalier.nn.FeatureSelect};
 *   <li>what all of them say of themselves and are asked for: {@link org.espalier.nn.LayerConfig}, {@link
 *       org.espalier.nn.Blueprint}, {@link org.espalier.nn.Dependency}, {@link org.espalier.nn.LayerKinds}; {@link
 *       org.espalier.nn.Layers} walks, copies and rebuilds models.
 * </ul>
 *
 * <p>Layers and the table of their kinds need each other, so they are one package. To add a layer: one class that
 * implements {@code Layer}, and its line in {@code LayerKinds}. This package uses {@code org.espalier.tensor}, {@code
 * org.espalier.io} and {@code org.espalier.nn.step}, never the optimizers or the trainer.
 */
package org.espalier.nn;
