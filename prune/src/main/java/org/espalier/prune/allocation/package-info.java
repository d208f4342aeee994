/**
 * How much goes to each layer: uniform, one global ranking, ERK, LAMP.
 *
 * <p>An {@link org.espalier.prune.allocation.Allocation} gets the scored units of every layer and says which are kept.
 * Counts are exact and ties go by layer and index, so the result does not depend on how it was computed. To add an
 * allocation: one record here, and its line in the sealed interface. Allocations know units and scores, not weights.
 */
package org.espalier.prune.allocation;
