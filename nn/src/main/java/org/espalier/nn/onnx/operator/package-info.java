/**
 * The operators of ONNX, computed with tensors: one file per family, each operator with its attributes, its value and
 * what is known of its result before anything is computed.
 *
 * <p>Start with {@link org.espalier.nn.onnx.operator.Operator}. To add an operator, add it to the table of its family;
 * to add a family, name it in {@link org.espalier.nn.onnx.operator.Operators}. Not exported.
 */
package org.espalier.nn.onnx.operator;
