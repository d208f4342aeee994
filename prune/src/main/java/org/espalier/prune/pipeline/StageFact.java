package org.espalier.prune.pipeline;

/**
 * A number that a stage has to tell of a layer, such as the error that a repair left.
 *
 * @param layer the dotted name of the layer or of its parameter
 * @param name what the number is
 * @param value the number
 */
public record StageFact(String layer, String name, double value) {}
