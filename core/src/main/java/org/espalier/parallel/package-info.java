/**
 * Threads: {@link org.espalier.parallel.Parallelism}, a pool that its owner creates, runs code under and closes. The
 * library starts none by itself. This package uses the JDK only.
 */
package org.espalier.parallel;
