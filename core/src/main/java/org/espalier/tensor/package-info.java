/**
 * Tensors, the operations on them, and reverse-mode differentiation.
 *
 * <p>Start with {@link org.espalier.tensor.Tensor}; an operation is a record in one of the families of
 * {@link org.espalier.tensor.Op}; {@link org.espalier.tensor.Gradients} is what differentiation returns;
 * {@link org.espalier.tensor.Rng} draws numbers. {@link org.espalier.tensor.NoGrad} and
 * {@link org.espalier.parallel.Parallelism} are scopes that code runs in; {@link org.espalier.tensor.Storage} is for
 * code that builds on the engine.
 *
 * <p>Tensors and gradients are values, so everything but {@code Rng} may be shared between threads. NaN and infinity
 * propagate through arithmetic as IEEE 754 says; ops that select, such as {@code where}, do not let them leak from what
 * they did not choose; ranking NaN is an error.
 *
 * <p>To add an op: one record with its shape rule, value and gradient, one line in {@code TensorMath},
 * {@code TensorReductions} or {@code TensorShaping}, one case in the contract test. This package may use the kernels
 * and {@code org.espalier.parallel}, nothing else of the project.
 */
package org.espalier.tensor;
