/** Programs that measure: how many rows a second, and from which size on threads and Spark pay. */
package org.espalier.spark.demo;
