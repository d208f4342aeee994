/**
 * What layers become for inference: functions on rows of plain arrays, without gradients and without garbage.
 *
 * <p>A layer adds its {@link org.espalier.nn.step.Step}s to a {@link org.espalier.nn.step.Steps}, which joins what can
 * be computed together: a linear layer, the batch norm after it and the activation after that are one step. How linear
 * layers hold their weights is a {@link org.espalier.nn.step.LinearFormat}: dense, one of the sparse layouts, or
 * whatever else a caller brings. This package knows kernels and arrays, no layers; it stands below
 * {@code org.espalier.nn}.
 *
 * <p>Rule for all that runs between the start of a program and its first prediction: no lambda, stream, switch over
 * types, or generated {@code equals}, {@code hashCode} and {@code toString} of a record. The JVM makes classes for
 * these at run time, and the first of them costs as much as reading dozens. A test enforces it.
 */
package org.espalier.nn.step;
