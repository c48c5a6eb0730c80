// What the device can do, in one place.
#pragma once

namespace simt::limits {

constexpr int DRIVER_VERSION = 13000;
// The least capability with independent thread scheduling for which kernels are built; no program may
// conclude from it that tensor cores or larger shared memory are there.
constexpr int CAPABILITY_MAJOR = 7;
constexpr int CAPABILITY_MINOR = 5;

constexpr int THREADS_PER_BLOCK = 1024;
constexpr int BLOCK_Z = 64;
constexpr int GRID_X = 0x7fffffff;
constexpr int GRID_YZ = 65535;
constexpr int SHARED_BYTES = 48 << 10;
// What a kernel may have after cuFuncSetAttribute: as much as a block of the largest GPUs.
constexpr int SHARED_BYTES_OPTIN = 227 << 10;

}  // namespace simt::limits
