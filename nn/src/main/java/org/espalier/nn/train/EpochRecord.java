package org.espalier.nn.train;

/**
 * The results of one epoch.
 *
 * @param epoch its number, from 1
 * @param learningRate the rate of its last step
 * @param trainingLoss the mean of the objective over its batches, weighted by their rows
 * @param validationLoss the mean loss on the validation samples; NaN without them
 * @param score the metric on the validation samples; NaN without them
 */
public record EpochRecord(
        int epoch, float learningRate, double trainingLoss, double validationLoss, double score) {}
