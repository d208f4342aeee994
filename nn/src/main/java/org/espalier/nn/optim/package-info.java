/**
 * How parameters learn from gradients.
 *
 * <p>Start with {@link org.espalier.nn.optim.Adam} or {@link org.espalier.nn.optim.Sgd}: an immutable
 * {@link org.espalier.nn.optim.Optimizer} that, bound to a model, gives an {@link org.espalier.nn.optim.BoundOptimizer}
 * with a {@code step}. {@link org.espalier.nn.optim.LearningRate} is a function of the step number,
 * {@link org.espalier.nn.optim.GradientClipping} an option of binding. Masks are the optimizer's business, never a
 * rule's. To add a rule: one record that implements {@code Optimizer}, and its line in the list that the rule tests
 * share. This package uses {@code org.espalier.nn}, {@code org.espalier.tensor} and the kernels, never data or
 * training.
 */
package org.espalier.nn.optim;
