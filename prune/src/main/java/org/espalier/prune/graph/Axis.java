package org.espalier.prune.graph;

import org.espalier.nn.Parameter;

/**
 * The slots of the indices along one axis of a parameter.
 *
 * @param produces whether the parameter makes the units of this axis, or reads them
 */
record Axis(Parameter parameter, int axis, boolean produces, Span span) {}
