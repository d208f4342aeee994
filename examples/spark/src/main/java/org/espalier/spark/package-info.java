/**
 * Scoring of tables on Apache Spark with a model of this library, by columns, in SQL or as a stage of a pipeline. A
 * row's answer has the same bits for any number of partitions, executors and threads.
 */
package org.espalier.spark;
