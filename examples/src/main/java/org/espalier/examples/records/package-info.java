/**
 * The classic table: LeNet-300-100 on MNIST, pruned to a tenth, a fiftieth, a hundredth of its weights, to few bytes
 * and few multiplications. {@link org.espalier.examples.records.Records} makes it.
 */
package org.espalier.examples.records;
