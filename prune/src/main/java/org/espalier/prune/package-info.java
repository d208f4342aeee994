/** Removes weights from a trained network and retrains what is left. */
package org.espalier.prune;
