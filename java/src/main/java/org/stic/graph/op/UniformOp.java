package org.stic.graph.op;

import org.stic.graph.Shape;

/** A constant with the same value everywhere. Builders fold it into its users where they can. */
public record UniformOp(Shape shape, float value) implements Leaf {}
