/** Immutable float32 tensors, the operations on them and their gradients. */
package org.espalier.tensor;
