/**
 * Matrices that store only some of their entries, in the layouts that the sparse kernels multiply fast.
 *
 * <p>Start with {@link org.espalier.sparse.SparseMatrix}: {@link org.espalier.sparse.CsrMatrix} for any pattern and
 * batches, {@link org.espalier.sparse.BlockMatrix} for weights pruned in blocks, {@link org.espalier.sparse.SellMatrix}
 * and {@link org.espalier.sparse.PermuteMatrix} for single samples. {@link org.espalier.sparse.SparsityStructure} is
 * for weights in training. Uses tensors and kernels, nothing of files or layers.
 */
package org.espalier.sparse;
