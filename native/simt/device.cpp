// The one device: this computer's processor.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>

#include "context.h"
#include "cuda_api.h"
#include "failure.h"
#include "limits.h"
#include "pool.h"
#include "settings.h"

using namespace simt;

namespace {

std::string processorName() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const size_t colon = line.find(": ");
    if (line.rfind("model name", 0) == 0 && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "processor";
}

// The cache before memory, which a GPU calls L2; 0 where the system does not tell.
int lastCacheBytes() {
#if defined(_SC_LEVEL3_CACHE_SIZE)
  const long bytes = std::max(sysconf(_SC_LEVEL2_CACHE_SIZE), sysconf(_SC_LEVEL3_CACHE_SIZE));
  return static_cast<int>(std::clamp(bytes, 0L, 0x7fffffffL));
#else
  return 0;
#endif
}

CUresult checkDevice(const char* function, CUdevice device) {
  if (CUresult error = enter(function)) return error;
  if (device != 0)
    return fail(CUDA_ERROR_INVALID_DEVICE, "%s: there is only device 0, not %d", function, device);
  return CUDA_SUCCESS;
}

// False for an attribute that the API may have but this driver does not know.
bool attributeValue(CUdevice_attribute attribute, int* value) {
  switch (attribute) {
    case CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_BLOCK:
    case CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_X:
    case CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_Y:
    case CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR:
      return *value = limits::THREADS_PER_BLOCK, true;
    case CU_DEVICE_ATTRIBUTE_MAX_BLOCK_DIM_Z:
      return *value = limits::BLOCK_Z, true;
    case CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_X:
      return *value = limits::GRID_X, true;
    case CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Y:
    case CU_DEVICE_ATTRIBUTE_MAX_GRID_DIM_Z:
      return *value = limits::GRID_YZ, true;
    case CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK:
      return *value = limits::SHARED_BYTES, true;
    case CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN:
    case CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_MULTIPROCESSOR:
      return *value = limits::SHARED_BYTES_OPTIN, true;
    case CU_DEVICE_ATTRIBUTE_TOTAL_CONSTANT_MEMORY:
    case CU_DEVICE_ATTRIBUTE_MAX_REGISTERS_PER_BLOCK:
    case CU_DEVICE_ATTRIBUTE_MAX_REGISTERS_PER_MULTIPROCESSOR:
      return *value = 65536, true;
    case CU_DEVICE_ATTRIBUTE_WARP_SIZE:
      return *value = 32, true;
    case CU_DEVICE_ATTRIBUTE_TEXTURE_ALIGNMENT:
      return *value = 512, true;
    case CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE:
      return *value = lastCacheBytes(), true;
    case CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT:
      return *value = Pool::instance().workers(), true;
    case CU_DEVICE_ATTRIBUTE_INTEGRATED:
    case CU_DEVICE_ATTRIBUTE_CAN_MAP_HOST_MEMORY:
    case CU_DEVICE_ATTRIBUTE_UNIFIED_ADDRESSING:
    case CU_DEVICE_ATTRIBUTE_MAX_BLOCKS_PER_MULTIPROCESSOR:
      return *value = 1, true;
    case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR:
      return *value = limits::CAPABILITY_MAJOR, true;
    case CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR:
      return *value = limits::CAPABILITY_MINOR, true;
    case CU_DEVICE_ATTRIBUTE_CLOCK_RATE:
    case CU_DEVICE_ATTRIBUTE_KERNEL_EXEC_TIMEOUT:
    case CU_DEVICE_ATTRIBUTE_COMPUTE_MODE:
    case CU_DEVICE_ATTRIBUTE_CONCURRENT_KERNELS:
    case CU_DEVICE_ATTRIBUTE_ECC_ENABLED:
    case CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE:
    case CU_DEVICE_ATTRIBUTE_GLOBAL_MEMORY_BUS_WIDTH:
    case CU_DEVICE_ATTRIBUTE_ASYNC_ENGINE_COUNT:
    case CU_DEVICE_ATTRIBUTE_STREAM_PRIORITIES_SUPPORTED:
    case CU_DEVICE_ATTRIBUTE_MANAGED_MEMORY:
    case CU_DEVICE_ATTRIBUTE_COOPERATIVE_LAUNCH:
    case CU_DEVICE_ATTRIBUTE_MEMORY_POOLS_SUPPORTED:
      return *value = 0, true;
  }
  return false;
}

}  // namespace

CUresult cuDriverGetVersion(int* version) {
  if (!version) return fail(CUDA_ERROR_INVALID_VALUE, "cuDriverGetVersion: no place for the version");
  *version = limits::DRIVER_VERSION;
  return CUDA_SUCCESS;
}

CUresult cuDeviceGetCount(int* count) {
  if (CUresult error = enter(__func__)) return error;
  if (!count) return fail(CUDA_ERROR_INVALID_VALUE, "cuDeviceGetCount: no place for the count");
  *count = 1;
  return CUDA_SUCCESS;
}

CUresult cuDeviceGet(CUdevice* device, int ordinal) {
  if (CUresult error = checkDevice(__func__, ordinal)) return error;
  if (!device) return fail(CUDA_ERROR_INVALID_VALUE, "cuDeviceGet: no place for the device");
  *device = 0;
  return CUDA_SUCCESS;
}

CUresult cuDeviceGetName(char* name, int length, CUdevice device) {
  if (CUresult error = checkDevice(__func__, device)) return error;
  if (!name || length < 1) return fail(CUDA_ERROR_INVALID_VALUE, "cuDeviceGetName: no place for the name");
  static const auto* text = new std::string("SIMT on " + processorName());
  snprintf(name, static_cast<size_t>(length), "%s", text->c_str());
  return CUDA_SUCCESS;
}

CUresult cuDeviceGetUuid(CUuuid* uuid, CUdevice device) {
  if (CUresult error = checkDevice(__func__, device)) return error;
  if (!uuid) return fail(CUDA_ERROR_INVALID_VALUE, "cuDeviceGetUuid: no place for the uuid");
  memcpy(uuid->bytes, "stic-simt-cpu-00", sizeof uuid->bytes);
  return CUDA_SUCCESS;
}

CUresult cuDeviceGetUuid_v2(CUuuid* uuid, CUdevice device) { return cuDeviceGetUuid(uuid, device); }

CUresult cuDeviceTotalMem_v2(size_t* bytes, CUdevice device) {
  if (CUresult error = checkDevice(__func__, device)) return error;
  if (!bytes) return fail(CUDA_ERROR_INVALID_VALUE, "cuDeviceTotalMem: no place for the size");
  *bytes = Settings::instance().memoryBytes();
  return CUDA_SUCCESS;
}

CUresult cuDeviceGetAttribute(int* value, CUdevice_attribute attribute, CUdevice device) {
  if (CUresult error = checkDevice(__func__, device)) return error;
  if (!value) return fail(CUDA_ERROR_INVALID_VALUE, "cuDeviceGetAttribute: no place for the value");
  if (!attributeValue(attribute, value))
    return fail(CUDA_ERROR_INVALID_VALUE, "cuDeviceGetAttribute: unknown attribute %d", attribute);
  return CUDA_SUCCESS;
}

CUresult cuDeviceComputeCapability(int* major, int* minor, CUdevice device) {
  if (CUresult error = checkDevice(__func__, device)) return error;
  if (!major || !minor)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuDeviceComputeCapability: no place for the numbers");
  *major = limits::CAPABILITY_MAJOR;
  *minor = limits::CAPABILITY_MINOR;
  return CUDA_SUCCESS;
}

CUresult cuDeviceGetProperties(CUdevprop* properties, CUdevice device) {
  if (CUresult error = checkDevice(__func__, device)) return error;
  if (!properties)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuDeviceGetProperties: no place for the properties");
  *properties = {};
  properties->maxThreadsPerBlock = limits::THREADS_PER_BLOCK;
  properties->maxThreadsDim[0] = properties->maxThreadsDim[1] = limits::THREADS_PER_BLOCK;
  properties->maxThreadsDim[2] = limits::BLOCK_Z;
  properties->maxGridSize[0] = limits::GRID_X;
  properties->maxGridSize[1] = properties->maxGridSize[2] = limits::GRID_YZ;
  properties->sharedMemPerBlock = limits::SHARED_BYTES;
  properties->totalConstantMemory = 65536;
  properties->SIMDWidth = 32;
  properties->memPitch = 0x7fffffff;
  properties->regsPerBlock = 65536;
  properties->textureAlign = 512;
  return CUDA_SUCCESS;
}

CUresult cuDeviceGetPCIBusId(char* id, int length, CUdevice device) {
  if (CUresult error = checkDevice(__func__, device)) return error;
  if (!id || length < 13)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuDeviceGetPCIBusId: 13 characters are needed");
  snprintf(id, static_cast<size_t>(length), "0000:00:00.0");
  return CUDA_SUCCESS;
}
