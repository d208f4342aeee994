/**
 * The kernels on the Vector API, with the bits of the scalar specification. The only package that may import {@code
 * jdk.incubator.vector}.
 *
 * <p>Start at {@link org.espalier.kernel.vector.VectorKernels} and {@link org.espalier.kernel.vector.VectorSparse}, the
 * drivers: they choose micro-kernels (tiles, sparse rows, dot products, transpositions) by shape and vector length.
 */
package org.espalier.kernel.vector;
