/** Readers and writers of tensor files; a reader trusts nothing it reads. */
package org.espalier.io;
