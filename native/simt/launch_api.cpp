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

namespace {

CUresult launch(const char* name, CUfunction function, const dim3& grid, const dim3& block,
                unsigned sharedBytes, CUstream stream, void** parameters, void** extra) {
  if (CUresult error = validateKernel(function, grid, block, sharedBytes, name)) return error;
  if (parameters && extra)
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: both parameters and extra are given", name);
  std::vector<void*> unpacked;
  if (extra) {
    if (CUresult error = unpackParameters(function, extra, &unpacked)) return error;
    parameters = unpacked.data();
  } else if (!parameters && function->kernel->parameterCount > 0) {
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: kernel %s takes %d parameters, none are given", name,
                function->kernel->name, function->kernel->parameterCount);
  }
  StreamUse use(stream, name);
  if (use.error()) return use.error();
  if (!use.capturing() && !Late::on()) return launchKernel(function, grid, block, sharedBytes, parameters);
  const KernelOperation operation{function, grid, block, sharedBytes,
                                  std::make_shared<ParameterBlock>(function, parameters)};
  return use.capturing() ? use.add(operation) : Late::add(use.stream(), operation, name);
}

// Kernels of a stream run one after another here, which is a way to serialise them programmatically; blocks
// run alone, so a cluster has one.
CUresult checkAttribute(const CUlaunchAttribute& attribute, const CUlaunchConfig& config) {
  const auto& cluster = attribute.value.clusterDim;
  switch (attribute.id) {
    case CU_LAUNCH_ATTRIBUTE_IGNORE:
    case CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION:
      return CUDA_SUCCESS;
    case CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION:
      if (!cluster.x || !cluster.y || !cluster.z || config.gridDimX % cluster.x ||
          config.gridDimY % cluster.y || config.gridDimZ % cluster.z)
        return fail(CUDA_ERROR_INVALID_CLUSTER_SIZE,
                    "cuLaunchKernelEx: a cluster of %u x %u x %u blocks does not divide the grid", cluster.x,
                    cluster.y, cluster.z);
      if (cluster.x * cluster.y * cluster.z > 1)
        return fail(CUDA_ERROR_NOT_SUPPORTED,
                    "cuLaunchKernelEx: the CPU's driver runs blocks apart, a cluster must be one block");
      return CUDA_SUCCESS;
  }
  return fail(CUDA_ERROR_NOT_SUPPORTED, "cuLaunchKernelEx: the CPU's driver does not know attribute %d",
              attribute.id);
}

}  // namespace
}  // namespace simt

CUresult cuLaunchKernelEx(const CUlaunchConfig* config, CUfunction function, void** parameters,
                          void** extra) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!config || (config->numAttrs && !config->attrs))
    return fail(CUDA_ERROR_INVALID_VALUE, "cuLaunchKernelEx: no configuration or no attributes");
  for (unsigned i = 0; i < config->numAttrs; ++i)
    if (CUresult error = checkAttribute(config->attrs[i], *config)) return error;
  const dim3 grid(config->gridDimX, config->gridDimY, config->gridDimZ);
  const dim3 block(config->blockDimX, config->blockDimY, config->blockDimZ);
  return launch(__func__, function, grid, block, config->sharedMemBytes, config->hStream, parameters, extra);
}

CUresult cuLaunchKernel(CUfunction function, unsigned int gridX, unsigned int gridY, unsigned int gridZ,
                        unsigned int blockX, unsigned int blockY, unsigned int blockZ,
                        unsigned int sharedBytes, CUstream stream, void** parameters, void** extra) {
  if (CUresult error = enterContext(__func__)) return error;
  const dim3 grid(gridX, gridY, gridZ);
  const dim3 block(blockX, blockY, blockZ);
  return launch(__func__, function, grid, block, sharedBytes, stream, parameters, extra);
}
