/** Data sets that are larger than memory: read once from Parquet, then mapped from a local file. */
package org.espalier.spark.data;
