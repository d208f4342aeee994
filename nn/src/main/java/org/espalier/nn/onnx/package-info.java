/**
 * The exchange format ONNX, without a dependency: graphs of other programs in, models out to other runtimes.
 *
 * <p>Start with {@link org.espalier.nn.onnx.OnnxFile}. In: the wire format is read into a graph, sizes, types and
 * constants are worked out, and each value becomes a layer by the first pattern that matches, or is executed by an
 * operator. Out: a layer becomes its natural operator, or is traced. This package uses layers and
 * {@code org.espalier.io}, never training, data or inference.
 */
package org.espalier.nn.onnx;
