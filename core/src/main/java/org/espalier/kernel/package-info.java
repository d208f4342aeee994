/**
 * The hot loops of the library, on plain {@code float[]} arrays with offsets.
 *
 * <p>Start at {@link org.espalier.kernel.Kernels}: one narrow contract with two implementations that give the same
 * bits, a scalar one that is the readable specification and one on the Vector API.
 * {@link org.espalier.kernel.KernelChoice} says which of them this JVM uses, and why.
 *
 * <p>Nothing here knows tensors, shapes or gradients, and nothing here may import another package of the library.
 * Arguments arrive validated; only this package may import {@code jdk.incubator.vector}, and only in classes whose
 * names begin with {@code Vector}.
 */
package org.espalier.kernel;
