/**
 * Long tests: what is promised and how often each tier tries it ({@link org.espalier.trials.Promise}), how a test
 * counts ({@link org.espalier.trials.Trials}), the summary of a run, and what the tests of parsers share.
 */
package org.espalier.trials;
