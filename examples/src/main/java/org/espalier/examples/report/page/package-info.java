/** The report as a page: each figure in a class of its own, put together by {@link ReportPage}. */
package org.espalier.examples.report.page;
