/**
 * What a mask may look like: single weights, neurons, inputs, blocks, N of M.
 *
 * <p>A {@link org.espalier.prune.pattern.SparsityPattern} divides a weight into
 * {@link org.espalier.prune.pattern.Units}, each kept or removed as a whole. To add a pattern: one record here, and its
 * line in the sealed interface. Patterns know nothing of scores; this package uses {@code org.espalier.nn} only.
 */
package org.espalier.prune.pattern;
