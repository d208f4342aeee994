/** Matrices that store only their nonzero entries. */
package org.espalier.sparse;
