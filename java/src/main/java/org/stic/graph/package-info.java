/**
 * Computations as graphs: symbolic tensors of static shape ({@link org.stic.graph.Tensor}),
 * builders ({@link org.stic.graph.Ops}), gradients that are nodes of the same graph and can be
 * differentiated again ({@link org.stic.graph.Gradients}), state on the device ({@link
 * org.stic.graph.Variable}), and programs that run a graph without allocating or waiting ({@link
 * org.stic.graph.Program}).
 *
 * <p>To add an operation: a record in {@link org.stic.graph.op} with its shape rule, its gradient
 * rule and its kernel calls; a builder in {@code Ops}; and, because the tests ask for them, its
 * definition in double precision and rows in the gradient table.
 */
package org.stic.graph;
