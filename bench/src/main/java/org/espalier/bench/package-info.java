/** JMH benchmarks. */
package org.espalier.bench;
