// What can be asked about a kernel.
#include "context.h"
#include "cuda_api.h"
#include "failure.h"
#include "handles.h"
#include "limits.h"
#include "module.h"
#include "pool.h"

using namespace simt;

namespace {

CUresult checkFunction(const char* name, CUfunction function, const void* place) {
  if (CUresult error = enterContext(name)) return error;
  if (!place) return fail(CUDA_ERROR_INVALID_VALUE, "%s: no place for the result", name);
  if (!valid(function)) return fail(CUDA_ERROR_INVALID_HANDLE, "%s: unknown function", name);
  return CUDA_SUCCESS;
}

}  // namespace

CUresult cuFuncGetName(const char** name, CUfunction function) {
  if (CUresult error = checkFunction(__func__, function, name)) return error;
  *name = function->kernel->name;
  return CUDA_SUCCESS;
}

CUresult cuFuncGetModule(CUmodule* module, CUfunction function) {
  if (CUresult error = checkFunction(__func__, function, module)) return error;
  *module = function->module;
  return CUDA_SUCCESS;
}

CUresult cuFuncGetAttribute(int* value, CUfunction_attribute attribute, CUfunction function) {
  if (CUresult error = checkFunction(__func__, function, value)) return error;
  switch (attribute) {
    case CU_FUNC_ATTRIBUTE_MAX_THREADS_PER_BLOCK:
      *value = limits::THREADS_PER_BLOCK;
      return CUDA_SUCCESS;
    case CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES:
      *value = function->maxDynamicSharedBytes;
      return CUDA_SUCCESS;
    case CU_FUNC_ATTRIBUTE_PREFERRED_SHARED_MEMORY_CARVEOUT:
      *value = function->carveout;
      return CUDA_SUCCESS;
    case CU_FUNC_ATTRIBUTE_PTX_VERSION:
    case CU_FUNC_ATTRIBUTE_BINARY_VERSION:
      *value = limits::CAPABILITY_MAJOR * 10 + limits::CAPABILITY_MINOR;
      return CUDA_SUCCESS;
    case CU_FUNC_ATTRIBUTE_SHARED_SIZE_BYTES:  // known to the compiler of the image only
    case CU_FUNC_ATTRIBUTE_CONST_SIZE_BYTES:
    case CU_FUNC_ATTRIBUTE_LOCAL_SIZE_BYTES:
    case CU_FUNC_ATTRIBUTE_NUM_REGS:
    case CU_FUNC_ATTRIBUTE_CACHE_MODE_CA:
      *value = 0;
      return CUDA_SUCCESS;
  }
  return fail(CUDA_ERROR_INVALID_VALUE, "cuFuncGetAttribute: unknown attribute %d", attribute);
}

CUresult cuFuncSetAttribute(CUfunction function, CUfunction_attribute attribute, int value) {
  if (CUresult error = checkFunction(__func__, function, &value)) return error;
  if (attribute == CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES) {
    if (value < 0 || value > limits::SHARED_BYTES_OPTIN)
      return fail(CUDA_ERROR_INVALID_VALUE,
                  "cuFuncSetAttribute: %d bytes of shared memory are not from 0 to %d", value,
                  limits::SHARED_BYTES_OPTIN);
    function->maxDynamicSharedBytes = value;
    return CUDA_SUCCESS;
  }
  if (attribute != CU_FUNC_ATTRIBUTE_PREFERRED_SHARED_MEMORY_CARVEOUT || value < -1 || value > 100)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuFuncSetAttribute: attribute %d cannot be set to %d", attribute,
                value);
  function->carveout = value;
  return CUDA_SUCCESS;
}

// A hint about a cache that this device does not divide.
CUresult cuFuncSetCacheConfig(CUfunction function, CUfunc_cache) {
  return checkFunction(__func__, function, function);
}

// One block runs on a processor core at a time.
CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int* blocks, CUfunction function, int blockSize,
                                                     size_t sharedBytes) {
  if (CUresult error = checkFunction(__func__, function, blocks)) return error;
  if (blockSize < 1)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuOccupancyMaxActiveBlocksPerMultiprocessor: empty block");
  *blocks = blockSize <= limits::THREADS_PER_BLOCK && sharedBytes <= limits::SHARED_BYTES_OPTIN ? 1 : 0;
  return CUDA_SUCCESS;
}

CUresult cuOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int* blocks, CUfunction function, int blockSize,
                                                              size_t sharedBytes, unsigned int) {
  return cuOccupancyMaxActiveBlocksPerMultiprocessor(blocks, function, blockSize, sharedBytes);
}

CUresult cuOccupancyMaxPotentialBlockSize(int* minGridSize, int* blockSize, CUfunction function,
                                          CUoccupancyB2DSize, size_t, int blockSizeLimit) {
  if (CUresult error = checkFunction(__func__, function, minGridSize)) return error;
  if (!blockSize)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuOccupancyMaxPotentialBlockSize: no place for the block size");
  *blockSize = blockSizeLimit > 0 && blockSizeLimit < limits::THREADS_PER_BLOCK ? blockSizeLimit
                                                                                : limits::THREADS_PER_BLOCK;
  *minGridSize = Pool::instance().workers();
  return CUDA_SUCCESS;
}
