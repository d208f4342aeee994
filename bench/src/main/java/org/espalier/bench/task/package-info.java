/**
 * What is measured: each task knows its inputs, what it costs at least, and how to check an answer in double precision.
 * Entry type: {@link org.espalier.bench.task.Workload}. Knows no peer and no library, not even ours.
 */
package org.espalier.bench.task;
