/**
 * Which kernels this JVM uses: {@link org.espalier.kernel.choice.KernelChoice}. On top of the kernel packages, so that
 * the contract knows nothing of its implementations.
 */
package org.espalier.kernel.choice;
