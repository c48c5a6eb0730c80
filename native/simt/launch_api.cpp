// cuLaunchKernel. The direct path copies nothing: the kernel reads the caller's parameters.
#include <vector>

#include "context.h"
#include "cuda_api.h"
#include "failure.h"
#include "handles.h"
#include "late.h"
#include "module.h"
#include "operation.h"
#include "stream.h"

using namespace simt;

namespace simt {

// Pointers into a packed parameter buffer, which `extra` names.
CUresult unpackParameters(CUfunction function, void** extra, std::vector<void*>* parameters) {
  char* buffer = nullptr;
  size_t bytes = 0;
  for (void** item = extra; *item != CU_LAUNCH_PARAM_END; item += 2) {
    if (*item == CU_LAUNCH_PARAM_BUFFER_POINTER)
      buffer = static_cast<char*>(item[1]);
    else if (*item == CU_LAUNCH_PARAM_BUFFER_SIZE)
      bytes = *static_cast<size_t*>(item[1]);
    else
      return fail(CUDA_ERROR_INVALID_VALUE, "cuLaunchKernel: extra has an unknown item %p", *item);
  }
  const KernelDescriptor& kernel = *function->kernel;
  const int count = kernel.parameterCount;
  const size_t needed = count ? kernel.parameterOffsets[count - 1] + kernel.parameterSizes[count - 1] : 0;
  if (!buffer || bytes < needed)
    return fail(CUDA_ERROR_INVALID_VALUE,
                "cuLaunchKernel: kernel %s takes %zu bytes of parameters, the buffer has %zu", kernel.name,
                needed, bytes);
  for (int i = 0; i < count; ++i) parameters->push_back(buffer + kernel.parameterOffsets[i]);
  return CUDA_SUCCESS;
}

}  // namespace simt

CUresult cuLaunchKernel(CUfunction function, unsigned int gridX, unsigned int gridY, unsigned int gridZ,
                        unsigned int blockX, unsigned int blockY, unsigned int blockZ,
                        unsigned int sharedBytes, CUstream stream, void** parameters, void** extra) {
  if (CUresult error = enterContext(__func__)) return error;
  const dim3 grid(gridX, gridY, gridZ);
  const dim3 block(blockX, blockY, blockZ);
  if (CUresult error = validateKernel(function, grid, block, sharedBytes, __func__)) return error;
  if (parameters && extra)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuLaunchKernel: both parameters and extra are given");
  std::vector<void*> unpacked;
  if (extra) {
    if (CUresult error = unpackParameters(function, extra, &unpacked)) return error;
    parameters = unpacked.data();
  } else if (!parameters && function->kernel->parameterCount > 0) {
    return fail(CUDA_ERROR_INVALID_VALUE, "cuLaunchKernel: kernel %s takes %d parameters, none are given",
                function->kernel->name, function->kernel->parameterCount);
  }
  StreamUse use(stream, __func__);
  if (use.error()) return use.error();
  if (!use.capturing() && !Late::on()) return launchKernel(function, grid, block, parameters);
  const KernelOperation operation{function, grid, block, sharedBytes,
                                  std::make_shared<ParameterBlock>(function, parameters)};
  return use.capturing() ? use.add(operation) : Late::add(use.stream(), operation, __func__);
}
