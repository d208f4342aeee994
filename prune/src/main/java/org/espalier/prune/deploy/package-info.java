/**
 * Making a pruned model fast: the layout of each layer's weights that this machine multiplies fastest.
 *
 * <p>Start with {@link org.espalier.prune.deploy.Deploy}. This package uses layers, inference and sparse layouts; it
 * must not use criteria, schedules or pipelines.
 */
package org.espalier.prune.deploy;
