/**
 * Losses: how far outputs are from targets, as one number that training minimizes.
 *
 * <p>Start with {@link org.espalier.nn.loss.Loss}: its static methods make every loss of the library. To add one: a
 * record with one method, {@code value(output, target)}, the mean over the batch. This package uses
 * {@code org.espalier.nn} and {@code org.espalier.tensor}.
 */
package org.espalier.nn.loss;
