/**
 * Devices, their memory, streams, kernels and graphs: the only package that names JCuda or a native
 * linker. Set-up goes through JCuda, the frequent launches through foreign function calls on the
 * same handles. On machines without a GPU the same code runs on a CUDA driver for CPUs.
 */
package org.stic.cuda;
