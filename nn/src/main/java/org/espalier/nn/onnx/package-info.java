/**
 * The exchange format ONNX, without a dependency: models out to other runtimes, and models of the shape of a multilayer
 * perceptron in.
 *
 * <p>Start with {@link org.espalier.nn.onnx.OnnxFile}. Everything else is the wire format and the tables of operators.
 * This package uses layers and {@code org.espalier.io}, never training, data or inference.
 */
package org.espalier.nn.onnx;
