/** Demos and the command-line tool. */
package org.espalier.examples;
