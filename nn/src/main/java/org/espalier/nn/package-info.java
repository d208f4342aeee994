/** Layers, parameters and losses. */
package org.espalier.nn;
