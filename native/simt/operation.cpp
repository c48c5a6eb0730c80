#include "operation.h"

#include <cstring>

#include "context.h"
#include "event.h"
#include "failure.h"
#include "handles.h"
#include "late.h"
#include "launch.h"
#include "limits.h"
#include "memory.h"
#include "module.h"
#include "settings.h"
#include "stream.h"

namespace simt {

namespace {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};
template <class... Functions>
Overloaded(Functions...) -> Overloaded<Functions...>;

CUresult checkRange(const void* address, size_t bytes, const char* role, const char* function) {
  if (bytes == 0 || Memory::instance().contains(reinterpret_cast<uintptr_t>(address), bytes))
    return CUDA_SUCCESS;
  const std::string place = Memory::instance().describe(reinterpret_cast<uintptr_t>(address));
  return fail(CUDA_ERROR_INVALID_VALUE, "%s: the %s of %zu bytes at %p is not in one allocation; %s",
              function, role, bytes, address, place.c_str());
}

size_t extent(size_t width, size_t height, size_t depth, size_t pitch, size_t plane) {
  return width && height && depth ? (depth - 1) * plane + (height - 1) * pitch + width : 0;
}

CUresult validateCopy(const CopyOperation& copy, const char* function) {
  const size_t to = extent(copy.width, copy.height, copy.depth, copy.destinationPitch, copy.destinationPlane);
  const size_t from = extent(copy.width, copy.height, copy.depth, copy.sourcePitch, copy.sourcePlane);
  if (to && (!copy.destination || !copy.source))
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: null address", function);
  if (copy.destinationOnDevice)
    if (CUresult error = checkRange(copy.destination, to, "destination", function)) return error;
  return copy.sourceOnDevice ? checkRange(copy.source, from, "source", function) : CUDA_SUCCESS;
}

CUresult validateFill(const FillOperation& fill, const char* function) {
  const unsigned size = fill.elementSize;
  if (size != 1 && size != 2 && size != 4)
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: elements have 1, 2 or 4 bytes, not %u", function, size);
  if (reinterpret_cast<uintptr_t>(fill.destination) % size || (fill.height > 1 && fill.pitch % size))
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: the address is no multiple of %u bytes", function, size);
  return checkRange(fill.destination, extent(fill.width * size, fill.height, 1, fill.pitch, 0), "destination",
                    function);
}

template <class Element>
void fillRow(char* row, unsigned value, size_t width) {
  auto* elements = reinterpret_cast<Element*>(row);
  for (size_t i = 0; i < width; ++i) elements[i] = static_cast<Element>(value);
}

void performFill(const FillOperation& fill) {
  for (size_t y = 0; y < fill.height; ++y) {
    char* row = fill.destination + y * fill.pitch;
    if (fill.elementSize == 1)
      memset(row, static_cast<int>(fill.value), fill.width);
    else if (fill.elementSize == 2)
      fillRow<uint16_t>(row, fill.value, fill.width);
    else
      fillRow<uint32_t>(row, fill.value, fill.width);
  }
}

void performCopy(const CopyOperation& copy) {
  for (size_t z = 0; z < copy.depth; ++z)
    for (size_t y = 0; y < copy.height; ++y)
      memmove(copy.destination + z * copy.destinationPlane + y * copy.destinationPitch,
              copy.source + z * copy.sourcePlane + y * copy.sourcePitch, copy.width);
}

}  // namespace

CUresult verifyMemory(const char* after) {
  std::string damage;
  if (!Settings::instance().checked() || Memory::instance().verify(&damage)) return CUDA_SUCCESS;
  const CUresult error = fail(CUDA_ERROR_ILLEGAL_ADDRESS, "%s: %s", after, damage.c_str());
  currentContext()->error = error;
  return error;
}

ParameterBlock::ParameterBlock(CUfunction function, void* const* parameters) {
  const KernelDescriptor& kernel = *function->kernel;
  const int count = kernel.parameterCount;
  if (count > 0) bytes_.resize(kernel.parameterOffsets[count - 1] + kernel.parameterSizes[count - 1]);
  for (int i = 0; i < count; ++i) {
    char* place = bytes_.data() + kernel.parameterOffsets[i];
    memcpy(place, parameters[i], kernel.parameterSizes[i]);
    pointers_.push_back(place);
  }
}

CUresult validateKernel(CUfunction kernel, const dim3& grid, const dim3& block, unsigned sharedBytes,
                        const char* function) {
  if (!valid(kernel)) return fail(CUDA_ERROR_INVALID_HANDLE, "%s: unknown function", function);
  const char* name = kernel->kernel->name;
  if (!grid.x || !grid.y || !grid.z || grid.x > limits::GRID_X || grid.y > limits::GRID_YZ ||
      grid.z > limits::GRID_YZ)
    return fail(CUDA_ERROR_INVALID_VALUE,
                "%s: kernel %s: a grid of %u x %u x %u blocks is not within 1 to %d x %d x %d", function,
                name, grid.x, grid.y, grid.z, limits::GRID_X, limits::GRID_YZ, limits::GRID_YZ);
  if (!block.x || !block.y || !block.z || block.x > limits::THREADS_PER_BLOCK ||
      block.y > limits::THREADS_PER_BLOCK || block.z > limits::BLOCK_Z ||
      block.x * block.y * block.z > limits::THREADS_PER_BLOCK)
    return fail(CUDA_ERROR_INVALID_VALUE,
                "%s: kernel %s: a block of %u x %u x %u threads is not within 1 to %d threads", function,
                name, block.x, block.y, block.z, limits::THREADS_PER_BLOCK);
  if (sharedBytes > static_cast<unsigned>(kernel->maxDynamicSharedBytes))
    return fail(
        CUDA_ERROR_INVALID_VALUE,
        "%s: kernel %s: %u bytes of shared memory are more than the %d that cuFuncSetAttribute allowed",
        function, name, sharedBytes, kernel->maxDynamicSharedBytes);
  return CUDA_SUCCESS;
}

CUresult launchKernel(CUfunction kernel, const dim3& grid, const dim3& block, unsigned sharedBytes,
                      void** parameters) {
  const Settings& settings = Settings::instance();
  Launch launch(kernel->kernel, kernel->image, parameters, grid, block, sharedBytes, settings.schedule(),
                settings.checked());
  execute(launch);
  if (launch.failed()) {
    if (launch.code() != CUDA_ERROR_OUT_OF_MEMORY) currentContext()->error = launch.code();
    return fail(launch.code(), "%s", launch.message().c_str());
  }
  return verifyMemory(kernel->kernel->name);
}

CUresult validate(const Operation& operation, const char* function) {
  return std::visit(
      Overloaded{[&](const KernelOperation& kernel) {
                   return validateKernel(kernel.function, kernel.grid, kernel.block, kernel.sharedBytes,
                                         function);
                 },
                 [&](const CopyOperation& copy) { return validateCopy(copy, function); },
                 [&](const FillOperation& fill) { return validateFill(fill, function); },
                 [&](const HostOperation& host) {
                   return host.function ? CUDA_SUCCESS
                                        : fail(CUDA_ERROR_INVALID_VALUE, "%s: no host function", function);
                 },
                 [&](const EventOperation& mark) {
                   return valid(mark.event) ? CUDA_SUCCESS
                                            : fail(CUDA_ERROR_INVALID_HANDLE, "%s: unknown event", function);
                 },
                 [](const EmptyOperation&) { return CUDA_SUCCESS; }},
      operation);
}

CUresult perform(const Operation& operation, const char* function) {
  if (const auto* mark = std::get_if<EventOperation>(&operation)) {
    // In late mode the program may have destroyed it, and nobody can ask for its time any more.
    if (valid(mark->event)) mark->event->reached();
    return CUDA_SUCCESS;
  }
  if (const auto* kernel = std::get_if<KernelOperation>(&operation))
    return launchKernel(kernel->function, kernel->grid, kernel->block, kernel->sharedBytes,
                        kernel->parameters->pointers());
  if (const auto* copy = std::get_if<CopyOperation>(&operation)) performCopy(*copy);
  if (const auto* fill = std::get_if<FillOperation>(&operation)) performFill(*fill);
  if (const auto* host = std::get_if<HostOperation>(&operation)) {
    HostFunctionScope scope;
    host->function(host->userData);
  }
  return verifyMemory(function);
}

CUgraphNodeType typeOf(const Operation& operation) {
  return std::visit(Overloaded{[](const KernelOperation&) { return CU_GRAPH_NODE_TYPE_KERNEL; },
                               [](const CopyOperation&) { return CU_GRAPH_NODE_TYPE_MEMCPY; },
                               [](const FillOperation&) { return CU_GRAPH_NODE_TYPE_MEMSET; },
                               [](const HostOperation&) { return CU_GRAPH_NODE_TYPE_HOST; },
                               [](const EventOperation&) { return CU_GRAPH_NODE_TYPE_EVENT_RECORD; },
                               [](const EmptyOperation&) { return CU_GRAPH_NODE_TYPE_EMPTY; }},
                    operation);
}

CUresult submit(CUstream stream, const Operation& operation, const char* function) {
  if (CUresult error = validate(operation, function)) return error;
  StreamUse use(stream, function);
  if (use.error()) return use.error();
  if (use.capturing()) return use.add(operation);
  return Late::on() ? Late::add(use.stream(), operation, function) : perform(operation, function);
}

}  // namespace simt
