package org.espalier.prune.pipeline;

/**
 * A number about a layer that a stage reports, such as the error after a repair.
 *
 * @param layer the dotted name of the layer or of its parameter
 * @param name what the number is
 * @param value the number
 */
public record StageFact(String layer, String name, double value) {}
