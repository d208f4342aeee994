/**
 * How parameters learn from gradients.
 *
 * <p>Start with {@link org.espalier.nn.optim.Optimizer}, whose static methods make every optimizer of the library. It
 * is an immutable configuration that, bound to a model, gives a {@link org.espalier.nn.optim.BoundOptimizer} with a
 * {@code step}. {@link org.espalier.nn.optim.LearningRate} is a function of the step number,
 * {@link org.espalier.nn.optim.GradientClipping} an option of binding. Masks are handled by the bound optimizer, never
 * by an update rule.
 *
 * <p>The life of a gradient: {@code backward} gives the gradient of a linear layer's weight lazily, as rows still to be
 * computed. A fused optimizer computes them piece by piece into the array of the new values and updates them there, so
 * that no array is allocated and filled for the gradient; an optimizer of yours gets the gradient in an array.
 *
 * <p>To add an optimizer: one record that implements {@code Optimizer}, and its line in the list that the tests share.
 * This package uses {@code org.espalier.nn}, {@code org.espalier.tensor} and the kernels, never data or training.
 */
package org.espalier.nn.optim;
