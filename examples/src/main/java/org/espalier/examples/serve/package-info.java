/**
 * A model over HTTP, with a page to try it: {@link org.espalier.examples.serve.Service} on the server of the JDK, a
 * virtual thread for each request.
 */
package org.espalier.examples.serve;
