/**
 * Pruning that repairs: what is left of a layer is changed so that the layer gives what it gave before.
 *
 * <p>Start with {@link org.espalier.prune.secondorder.Reconstructor}: it takes a
 * {@link org.espalier.prune.secondorder.Reconstruction} (OBC or SparseGPT) through the layers of a model. Criteria
 * only score and are in {@code org.espalier.prune.criterion}; nothing here knows pruners, stages or schedules.
 */
package org.espalier.prune.secondorder;
