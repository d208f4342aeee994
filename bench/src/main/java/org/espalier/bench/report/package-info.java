/**
 * From raw times to a page: the results as a value and as JSON, the statistics, the roofline, the table. Entry types:
 * {@link org.espalier.bench.report.Results} and {@link org.espalier.bench.report.Report}. Knows nothing of how times
 * are measured.
 */
package org.espalier.bench.report;
