/**
 * Values as text: how recipes, tables and messages name a criterion, a pattern, a schedule, and read it back.
 *
 * <p>A record says in its own file what it is called, by a {@link org.espalier.prune.notation.Notation}; no list has to
 * be kept elsewhere. {@link org.espalier.prune.notation.Notations} reads and writes. This is the bottom of the module:
 * it uses no other package.
 */
package org.espalier.prune.notation;
