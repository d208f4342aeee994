package org.espalier.nn.optim;

/**
 * An optimizer whose step is one fused kernel. It reads each element of the gradient
 * before it writes the new value, so gradient and new values may share an array.
 */
public sealed interface FusedOptimizer extends Optimizer permits Adam, RmsProp, Sgd {}
