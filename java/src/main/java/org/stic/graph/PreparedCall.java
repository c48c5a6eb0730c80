package org.stic.graph;

import org.stic.cuda.DeviceWork;
import org.stic.kernels.KernelCall;

/**
 * A kernel call of a program, ready to be enqueued by itself.
 *
 * @param node the node of the graph that asks for it, as {@link Program#dump()} shows it
 * @param kernel what does it on this device
 * @param call what it is
 * @param work enqueues it, under the node's name where ranges are named
 */
public record PreparedCall(String node, String kernel, KernelCall call, DeviceWork work) {}
