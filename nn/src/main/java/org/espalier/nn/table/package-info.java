/**
 * Tables: from a CSV file to a model that takes raw rows. {@link org.espalier.nn.table.Table} holds rows and their
 * {@link org.espalier.nn.table.Schema}, {@link org.espalier.nn.table.Preprocessing} learns from training rows how to
 * turn a row into features and becomes the first layers of the model, and {@link org.espalier.nn.table.Predictor}
 * answers raw rows with named results.
 */
package org.espalier.nn.table;
