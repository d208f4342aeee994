/** The hot loops, on plain arrays; knows nothing of tensors. */
package org.espalier.kernel;
