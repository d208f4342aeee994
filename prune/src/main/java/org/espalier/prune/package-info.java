/**
 * Pruners: what to remove, in which shape, how much from where, and when.
 *
 * <p>A {@link org.espalier.prune.Pruner} combines four independent choices: which weights matter (criterion), what is
 * removed together (pattern), how much from where (allocation), and when (schedule).
 * {@link org.espalier.prune.Unstructured} and {@link org.espalier.prune.Structured} make the common ones.
 * {@link org.espalier.prune.SensitivityScan} measures how much each layer can lose. Pipelines of several stages are in
 * {@code org.espalier.prune.pipeline}, which uses this package and is not used by it.
 */
package org.espalier.prune;
