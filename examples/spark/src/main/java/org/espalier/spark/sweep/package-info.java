/**
 * Many runs that have nothing to do with one another, as jobs of Spark: each is a function of its configuration and
 * seed, so its result does not depend on where and when it ran.
 */
package org.espalier.spark.sweep;
