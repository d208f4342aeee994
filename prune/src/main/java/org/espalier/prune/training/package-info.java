/**
 * Masks that change while a model trains, and trainings that know of masks to come.
 *
 * <p>A {@link org.espalier.prune.training.SparseTraining} is a published method as data: it trains a model with the
 * trainer it is given and moves the masks meanwhile; its factories make them all. The
 * others are parts to be put into a trainer: an objective that imitates a teacher, penalties that push weights to zero,
 * early weights to go back to. Nothing here has a state that a checkpoint lacks: what a method does at a step is
 * decided by the model, the step, the seed and the model that training began with. To add a method: one record with its
 * formula and source, and its factory in {@code SparseTraining}.
 */
package org.espalier.prune.training;
