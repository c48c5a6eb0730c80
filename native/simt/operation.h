// What a stream can be asked to do. The same operations run at once, or are kept as nodes of a graph and run
// later.
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "cuda_types.h"
#include "device/types.h"

namespace simt {

// A copy of a kernel's parameters. Immutable, so graphs share it.
class ParameterBlock {
 public:
  ParameterBlock(CUfunction function, void* const* parameters);
  ParameterBlock(const ParameterBlock&) = delete;
  ParameterBlock& operator=(const ParameterBlock&) = delete;
  void** pointers() const { return pointers_.data(); }

 private:
  std::vector<char> bytes_;
  mutable std::vector<void*> pointers_;  // the API takes void**, though nobody writes through it
};

struct KernelOperation {
  CUfunction function;
  dim3 grid;
  dim3 block;
  unsigned sharedBytes;
  std::shared_ptr<const ParameterBlock> parameters;
};

// Rows of bytes, in planes; a plain copy is one row.
struct CopyOperation {
  char* destination;
  const char* source;
  size_t width;
  size_t height = 1;
  size_t depth = 1;
  size_t destinationPitch = 0;
  size_t sourcePitch = 0;
  size_t destinationPlane = 0;
  size_t sourcePlane = 0;
  bool destinationOnDevice = true;  // device memory is known to the driver and checked, host memory is not
  bool sourceOnDevice = true;
};

struct FillOperation {
  char* destination;
  unsigned value;
  unsigned elementSize;
  size_t width;  // in elements
  size_t height = 1;
  size_t pitch = 0;
};

struct HostOperation {
  CUhostFn function;
  void* userData;
};

// Marks the event with the moment at which the stream gets here.
struct EventOperation {
  CUevent event;
};

struct EmptyOperation {};

using Operation = std::variant<KernelOperation, CopyOperation, FillOperation, HostOperation, EventOperation,
                               EmptyOperation>;

// Checks the operation's arguments without running it. `function` names the driver function in the sentence.
CUresult validate(const Operation& operation, const char* function);

// Runs a valid operation to its end.
CUresult perform(const Operation& operation, const char* function);

CUgraphNodeType typeOf(const Operation& operation);

// Checked mode: verifies all red zones; damage is an error of the current context. Without checked mode:
// success.
CUresult verifyMemory(const char* after);

// A launch without copying its parameters.
CUresult validateKernel(CUfunction kernel, const dim3& grid, const dim3& block, unsigned sharedBytes,
                        const char* function);
CUresult launchKernel(CUfunction kernel, const dim3& grid, const dim3& block, unsigned sharedBytes,
                      void** parameters);

// Runs on the stream at once or, if it is being captured, becomes a node of the stream's graph.
CUresult submit(CUstream stream, const Operation& operation, const char* function);

}  // namespace simt
