package org.stic.graph.op;

import org.stic.graph.Shape;

/** A value that the host sets by name before a run. */
public record InputOp(String input, Shape shape) implements Leaf {}
