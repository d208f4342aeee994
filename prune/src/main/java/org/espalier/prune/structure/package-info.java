/**
 * What a model costs: {@link org.espalier.prune.structure.ModelCost} counts weights, operations and bytes, layer by
 * layer; {@link org.espalier.prune.structure.CostTable} has measured times of layers.
 */
package org.espalier.prune.structure;
