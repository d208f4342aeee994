/**
 * Tensors, the operations on them, and reverse-mode differentiation.
 *
 * <p>Start with {@link org.espalier.tensor.Tensor}; an operation is a record in one of the families of
 * {@link org.espalier.tensor.Op}; {@link org.espalier.tensor.Rng} draws numbers. To add an op: one record with its shape
 * rule, value and gradient, one line in {@code Tensor}, one case in the contract test. This package may use
 * {@code org.espalier.kernel} and nothing else of the project.
 */
package org.espalier.tensor;
