/**
 * Comparisons with other programs: the same work on the same operands, checked against double
 * precision, then timed in turn.
 *
 * <p>A {@link org.stic.bench.peer.Subject} is work that several programs can do; a {@link
 * org.stic.bench.peer.PeerProgram} is such a program; a {@link org.stic.bench.peer.Side} is one of
 * the two doing the work. {@link org.stic.bench.peer.Comparison} puts them together.
 */
package org.stic.bench.peer;
