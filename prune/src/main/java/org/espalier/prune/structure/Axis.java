package org.espalier.prune.structure;

import org.espalier.nn.Parameter;

/** The slots of the indices along one axis of a parameter. */
record Axis(Parameter parameter, int axis, Span span) {}
