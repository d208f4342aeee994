/**
 * Who is measured: ours, other Java code, and native libraries called through the foreign function interface. A peer
 * says which tasks it can do and prepares them. Entry types: {@link org.espalier.bench.peer.Peer} and
 * {@link org.espalier.bench.peer.Peers}. To add one, implement {@code Peer}; if it needs classes that are not always
 * there, put it under {@code src/peers} and name it in {@code META-INF/services}.
 */
package org.espalier.bench.peer;
