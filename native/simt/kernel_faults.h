// Checked mode: memory faults of kernels become launch failures. Only faults of a host thread that is running
// a kernel at that moment are taken; all others go to the handler that was there before, because a Java
// machine has its own uses for SIGSEGV.
#pragma once

namespace simt {

// Installs the handler, once a process, and a signal stack for the calling host thread, once a thread.
void catchKernelFaults();

}  // namespace simt
