/** Rows that keep coming: Structured Streaming of Spark, and Kafka Streams without Spark. */
package org.espalier.spark.streaming;
