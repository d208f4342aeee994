/**
 * Running a finished model: immutable, safe to share between threads, without gradients and without garbage.
 *
 * <p>Start with {@link org.espalier.nn.infer.InferenceModel}; it compiles a model to a chain of
 * {@link org.espalier.nn.infer.Step}s. How linear layers hold their weights is a
 * {@link org.espalier.nn.infer.LinearFormat}: dense, one of the sparse layouts, or whatever else a caller brings. This
 * package uses layers and kernels, never data, optimizers or the trainer.
 */
package org.espalier.nn.infer;
