/**
 * Running a finished model: immutable, safe to share between threads, without gradients and without garbage.
 *
 * <p>Start with {@link org.espalier.nn.infer.InferenceModel}; it asks the layers of a model for their
 * {@link org.espalier.nn.step.Step}s. This package uses layers and model files, never data, optimizers or the trainer.
 */
package org.espalier.nn.infer;
