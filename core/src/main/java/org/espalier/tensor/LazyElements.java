package org.espalier.tensor;

/**
 * The elements of a tensor that computes them when something first reads them, which may be never: those of a
 * transpose, of a weight's gradient, or of a matrix known by a few of its elements. Immutable.
 */
@FunctionalInterface
interface LazyElements {
    /** The elements in row-major order, in a fresh array. */
    float[] elements();
}
