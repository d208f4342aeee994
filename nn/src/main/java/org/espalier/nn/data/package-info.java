/**
 * Samples and batches of them.
 *
 * <p>Start with {@link org.espalier.nn.data.Dataset}: numbered samples, from tensors or from {@linkplain
 * org.espalier.nn.data.IdxDataset IDX files}, that can be split and {@linkplain org.espalier.nn.data.Transform
 * transformed}. {@link org.espalier.nn.data.DataLoader} cuts it into shuffled batches, each a function of seed, epoch
 * and number alone. This package uses {@code org.espalier.nn}, {@code org.espalier.tensor} and {@code org.espalier.io},
 * never losses, metrics, optimizers or the trainer.
 */
package org.espalier.nn.data;
