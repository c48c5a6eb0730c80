package org.stic.cuda;

/**
 * A kernel of a loaded module; valid as long as its device is open.
 *
 * @param name the exported name
 * @param geometry how its blocks cover the work
 * @param sharedBytes dynamic shared memory that each of its blocks needs
 * @param handle the driver's CUfunction
 */
public record Kernel(String name, Geometry geometry, int sharedBytes, long handle) {}
