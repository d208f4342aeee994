/**
 * The record of a run as JSON, and the report made of it: one HTML file that needs no network. Begin with
 * {@link org.espalier.examples.report.RunRecord}.
 */
package org.espalier.examples.report;
