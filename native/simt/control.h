// What this driver offers beyond the CUDA driver API: knobs and reports for tests. Programs look these names
// up at run time; a real CUDA driver has none of them.
#pragma once

#include <stdint.h>

#pragma GCC visibility push(default)
extern "C" {
// One sentence about the latest failure of any driver function; "" before the first. Valid until this
// thread's next call.
const char* stic_simt_last_message(void);

// The order in which threads and blocks run from now on: 0 forward, 1 reverse, 2 random by seed. Returns a
// CUresult.
int stic_simt_set_order(int order, uint64_t seed);

// Host threads that run blocks, the launching one included (1 to 256). Returns a CUresult.
int stic_simt_set_workers(int workers);
int stic_simt_workers(void);

// Checked mode for allocations and launches from now on: 0 or 1. Returns a CUresult.
int stic_simt_set_checked(int checked);
int stic_simt_checked(void);

// Late mode from now on, 0 or 1: a stream's work is kept until something waits for it, the latest moment
// that CUDA allows; switching it off does what is kept. Returns a CUresult.
int stic_simt_set_late(int late);

// Whether the program is between cuProfilerStart and cuProfilerStop.
int stic_simt_capturing(void);

// Bank conflicts of shared memory from now on, 0 or 1: kernels that tell of their accesses (on fibers) have
// the turns beyond the first counted. Returns a CUresult.
int stic_simt_count_banks(int count);
// The turns of a kernel since then; -1 if it told of no access.
int64_t stic_simt_bank_conflicts(const char* kernel);

// Device allocations that are alive; their list goes to standard error if `print` is not 0.
int64_t stic_simt_leaks(int print);
}
#pragma GCC visibility pop
