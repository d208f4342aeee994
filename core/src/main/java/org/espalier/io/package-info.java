/**
 * File formats: safetensors, NPY and NPZ, IDX, CSV, JSON; and {@link org.espalier.io.AtomicFile}, which replaces a file
 * in one step that survives a crash.
 *
 * <p>Start at {@link org.espalier.io.SafeTensors} for models and at {@link org.espalier.io.Idx} or
 * {@code Csv} for data. Every array that comes out of a file is a {@link org.espalier.io.RawTensor}:
 * bytes with a {@link org.espalier.io.DType} and a shape, turned into numbers when asked.
 *
 * <p>Readers trust nothing. A size found in a file is compared with the bytes that are there before anything of that
 * size is allocated; whatever is wrong ends in a {@link org.espalier.io.FormatException} that names the file and the
 * offset. Nothing in a file is ever executed, and names found in a file never become paths.
 *
 * <p>May import {@code org.espalier.tensor}; must not import kernels, sparse formats or anything above this module.
 */
package org.espalier.io;
