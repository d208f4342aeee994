/**
 * The rules of the house that javac does not check, read with nothing but the JDK: what uses what from the
 * class files, style from the sources. Every module compiles this folder into its tests and states its own layers in an
 * {@code ArchitectureTest}.
 *
 * <p>Entry type: {@link org.espalier.architecture.ArchitectureContract}.
 */
package org.espalier.architecture;
