/**
 * Writes the micro-kernels of {@code org.espalier.kernel.vector}: the same few loops for many shapes, flat, because the
 * compiler gives up on large vector loops with calls in them. Start at {@link org.espalier.kernelgen.KernelSources}.
 *
 * <p>Run from the top of the project, on any JDK from 25: {@code java
 * core/src/kernelgen/java/org/espalier/kernelgen/KernelSources.java core/src/generated/java}.
 */
package org.espalier.kernelgen;
