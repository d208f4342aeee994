/**
 * Training a model from a dataset, with progress, early stopping and checkpoints.
 *
 * <p>Start with {@link org.espalier.nn.train.Trainer}; what it reports is a {@link
 * org.espalier.nn.train.TrainingEvent} to a {@link org.espalier.nn.train.Listener} such as {@link
 * org.espalier.nn.train.Progress}, and a {@link org.espalier.nn.train.TrainingResult} at the end. An {@link
 * org.espalier.nn.train.Objective} is the place for losses that see more than output and target: distillation,
 * penalties. A {@link org.espalier.nn.train.Checkpoint} holds everything from which a run continues with the same
 * bits. This package stands on top of the module and is used by pruning; it never imports it.
 */
package org.espalier.nn.train;
