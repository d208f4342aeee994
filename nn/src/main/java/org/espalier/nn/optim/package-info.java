/**
 * How parameters learn from gradients.
 *
 * <p>Start with {@link org.espalier.nn.optim.Adam} or {@link org.espalier.nn.optim.Sgd}: an immutable
 * {@link org.espalier.nn.optim.Optimizer} that, bound to a model, gives an
 * {@link org.espalier.nn.optim.BoundOptimizer} with a {@code step}. {@link org.espalier.nn.optim.LearningRate} is a
 * function of the step number, {@link org.espalier.nn.optim.GradientClipping} an option of binding. Masks are the bound
 * optimizer's business, never a rule's. To add a rule: one record that implements {@code Optimizer}, and its line in
 * the list that the rule tests share.
 *
 * <p>The life of a weight's gradient: {@code backward} does not multiply gᵀ·x for the weight of a linear layer, it
 * keeps g and x in a matrix with lazy rows ({@link org.espalier.tensor.Storage#hasLazyRows}). Code that reads the
 * gradient gets it as always. A step does not read it: it computes the gradient piece by piece into the array that will
 * hold the new values and updates each piece while it is in the cache, so no array is made, filled and read again per
 * gradient. That needs a rule that reads an element of the gradient before it writes the new value, as it says itself,
 * all of the gradient (no mask that keeps few) and no clipping, which needs the norm first. Otherwise the gradient is
 * read as a whole. The bits are the same either way.
 *
 * <p>This package uses {@code org.espalier.nn}, {@code org.espalier.tensor} and the kernels, never data or training.
 */
package org.espalier.nn.optim;
