/**
 * The operations of a graph, one file each: shape rule, gradient rule, kernel calls. {@link
 * org.stic.graph.op.Op} is a value, {@link org.stic.graph.op.Effect} a change of variables.
 */
package org.stic.graph.op;
