/**
 * The hot loops of the library on plain {@code float[]} arrays with offsets: the contract and its specification.
 *
 * <p>Start at {@link org.espalier.kernel.Kernels} and {@link org.espalier.kernel.SparseKernels}: two narrow contracts.
 * The {@code Scalar} classes here implement them in plain Java and are the specification; {@code
 * org.espalier.kernel.vector} implements them on the Vector API with the same bits, {@code org.espalier.kernel.warmup}
 * bridges the time until that is compiled, and {@code org.espalier.kernel.choice} decides which of them a JVM uses.
 *
 * <p>Nothing here knows tensors, shapes or gradients, and nothing here may import another package of the library.
 * Arguments arrive validated.
 */
package org.espalier.kernel;
