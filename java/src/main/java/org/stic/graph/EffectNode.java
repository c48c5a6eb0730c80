package org.stic.graph;

import org.stic.graph.op.Effect;

/** A step that writes variables; it runs in creation order and is always kept. */
public record EffectNode(int index, Effect operation) implements Node {}
