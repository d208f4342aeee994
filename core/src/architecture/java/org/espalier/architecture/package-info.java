/**
 * The rules of the house that javac does not check: what uses what from the class files, by ArchUnit; style
 * from the sources. Every module compiles this folder into its tests and states its own layers in an
 * {@code ArchitectureTest}.
 *
 * <p>Entry types: {@link org.espalier.architecture.ArchitectureContract}, and
 * {@link org.espalier.architecture.SnippetContract}, which compiles and runs the examples in Javadoc.
 */
package org.espalier.architecture;
