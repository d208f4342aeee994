/**
 * Training on several executors: every rank trains its own copy for some steps, then the copies are averaged in the
 * order of the ranks. The result depends on the number of ranks, not on where and when they ran.
 */
package org.espalier.spark.training;
