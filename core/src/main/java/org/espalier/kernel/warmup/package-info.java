/**
 * Kernels that answer with scalar code until the compiler has finished with the vector code. Results do not depend on
 * it, only the time they take.
 */
package org.espalier.kernel.warmup;
