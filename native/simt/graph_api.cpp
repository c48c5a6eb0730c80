// Driver functions on graphs.
#include <algorithm>

#include "context.h"
#include "cuda_api.h"
#include "failure.h"
#include "graph.h"
#include "handles.h"
#include "late.h"
#include "module.h"
#include "stream.h"

using namespace simt;

namespace simt {
CUresult unpackParameters(CUfunction function, void** extra,
                          std::vector<void*>* parameters);  // launch_api.cpp
}

namespace {

CUresult unknownGraph(const char* function) {
  return fail(CUDA_ERROR_INVALID_VALUE, "%s: unknown graph", function);
}

CUresult add(const char* function, CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies,
             size_t count, const Operation& operation) {
  if (!node) return fail(CUDA_ERROR_INVALID_VALUE, "%s: no place for the node", function);
  if (!valid(graph)) return unknownGraph(function);
  if (count && !dependencies)
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: no dependencies are given", function);
  for (size_t i = 0; i < count; ++i)
    if (!valid(dependencies[i]) || dependencies[i]->graph != graph)
      return fail(CUDA_ERROR_INVALID_VALUE, "%s: dependency %zu is no node of the graph", function, i);
  if (CUresult error = validate(operation, function)) return error;
  *node = addNode(graph, operation, std::vector<CUgraphNode>(dependencies, dependencies + count));
  return *node ? CUDA_SUCCESS : fail(CUDA_ERROR_OUT_OF_MEMORY, "%s: too many graph nodes", function);
}

CUresult kernelOperation(const char* function, const CUDA_KERNEL_NODE_PARAMS* node,
                         KernelOperation* operation) {
  if (!node) return fail(CUDA_ERROR_INVALID_VALUE, "%s: no parameters", function);
  const dim3 grid(node->gridDimX, node->gridDimY, node->gridDimZ);
  const dim3 block(node->blockDimX, node->blockDimY, node->blockDimZ);
  if (CUresult error = validateKernel(node->func, grid, block, node->sharedMemBytes, function)) return error;
  std::vector<void*> unpacked;
  void** parameters = node->kernelParams;
  if (!parameters && node->extra) {
    if (CUresult error = unpackParameters(node->func, node->extra, &unpacked)) return error;
    parameters = unpacked.data();
  }
  if (!parameters && node->func->kernel->parameterCount > 0)
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: kernel %s needs parameters", function,
                node->func->kernel->name);
  *operation = {node->func, grid, block, node->sharedMemBytes,
                std::make_shared<ParameterBlock>(node->func, parameters)};
  return CUDA_SUCCESS;
}

// Reports `available` of a list through CUDA's pair of array and count: without an array only the count.
template <class T>
CUresult list(const std::vector<T>& items, T* places, size_t* count) {
  if (places) {
    const size_t given = *count;
    std::copy_n(items.begin(), std::min(given, items.size()), places);
    std::fill(places + std::min(given, items.size()), places + given, nullptr);
  }
  *count = places ? std::min(*count, items.size()) : items.size();
  return CUDA_SUCCESS;
}

CUresult instantiate(const char* function, CUgraphExec* exec, CUgraph graph) {
  if (CUresult error = enterContext(function)) return error;
  if (!exec) return fail(CUDA_ERROR_INVALID_VALUE, "%s: no place for the executable graph", function);
  if (!valid(graph)) return unknownGraph(function);
  const std::vector<CUgraphNode> order = inOrder(graph);
  if (order.size() < graph->nodes.size())
    return fail(CUDA_ERROR_INVALID_VALUE, "%s: the graph has a cycle", function);
  *exec = Handles<CUgraphExec_st>::instance().create();
  if (!*exec) return fail(CUDA_ERROR_OUT_OF_MEMORY, "%s: too many executable graphs", function);
  for (CUgraphNode node : order) {
    (*exec)->operations.push_back(node->operation);
    (*exec)->origins.push_back(node);
  }
  return CUDA_SUCCESS;
}

}  // namespace

CUresult cuGraphCreate(CUgraph* graph, unsigned int flags) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!graph || flags != 0) return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphCreate: needs a place and flags 0");
  *graph = createGraph();
  return *graph ? CUDA_SUCCESS : fail(CUDA_ERROR_OUT_OF_MEMORY, "cuGraphCreate: too many graphs");
}

CUresult cuGraphDestroy(CUgraph graph) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!valid(graph)) return unknownGraph(__func__);
  destroyGraph(graph);
  return CUDA_SUCCESS;
}

CUresult cuGraphClone(CUgraph* clone, CUgraph graph) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!clone) return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphClone: no place for the graph");
  if (!valid(graph)) return unknownGraph(__func__);
  *clone = createGraph();
  if (!*clone) return fail(CUDA_ERROR_OUT_OF_MEMORY, "cuGraphClone: too many graphs");
  for (CUgraphNode node : graph->nodes) addNode(*clone, node->operation, {});
  for (size_t i = 0; i < graph->nodes.size(); ++i)
    for (CUgraphNode before : graph->nodes[i]->dependencies) {
      const auto index = std::find(graph->nodes.begin(), graph->nodes.end(), before) - graph->nodes.begin();
      (*clone)->nodes[i]->dependencies.push_back((*clone)->nodes[static_cast<size_t>(index)]);
    }
  return CUDA_SUCCESS;
}

CUresult cuGraphAddKernelNode_v2(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies,
                                 size_t count, const CUDA_KERNEL_NODE_PARAMS* parameters) {
  if (CUresult error = enterContext(__func__)) return error;
  KernelOperation operation;
  if (CUresult error = kernelOperation(__func__, parameters, &operation)) return error;
  return add(__func__, node, graph, dependencies, count, operation);
}

CUresult cuGraphAddMemsetNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies, size_t count,
                              const CUDA_MEMSET_NODE_PARAMS* parameters, CUcontext) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!parameters) return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphAddMemsetNode: no parameters");
  const FillOperation operation{reinterpret_cast<char*>(static_cast<uintptr_t>(parameters->dst)),
                                parameters->value,
                                parameters->elementSize,
                                parameters->width,
                                parameters->height,
                                parameters->pitch};
  return add(__func__, node, graph, dependencies, count, operation);
}

CUresult cuGraphAddMemcpyNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies, size_t count,
                              const CUDA_MEMCPY3D* p, CUcontext) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!p) return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphAddMemcpyNode: no parameters");
  if (p->srcMemoryType == CU_MEMORYTYPE_ARRAY || p->dstMemoryType == CU_MEMORYTYPE_ARRAY)
    return fail(CUDA_ERROR_NOT_SUPPORTED, "cuGraphAddMemcpyNode: this driver has no CUDA arrays");
  const bool toHost = p->dstMemoryType == CU_MEMORYTYPE_HOST;
  const bool fromHost = p->srcMemoryType == CU_MEMORYTYPE_HOST;
  char* destination =
      toHost ? static_cast<char*>(p->dstHost) : reinterpret_cast<char*>(static_cast<uintptr_t>(p->dstDevice));
  const char* source = fromHost ? static_cast<const char*>(p->srcHost)
                                : reinterpret_cast<const char*>(static_cast<uintptr_t>(p->srcDevice));
  CopyOperation operation{};
  operation.width = p->WidthInBytes;
  operation.height = p->Height;
  operation.depth = p->Depth;
  operation.destinationPitch = p->dstPitch;
  operation.sourcePitch = p->srcPitch;
  operation.destinationPlane = p->dstPitch * p->dstHeight;
  operation.sourcePlane = p->srcPitch * p->srcHeight;
  operation.destination =
      destination + p->dstZ * operation.destinationPlane + p->dstY * p->dstPitch + p->dstXInBytes;
  operation.source = source + p->srcZ * operation.sourcePlane + p->srcY * p->srcPitch + p->srcXInBytes;
  operation.destinationOnDevice = !toHost;
  operation.sourceOnDevice = !fromHost;
  return add(__func__, node, graph, dependencies, count, operation);
}

CUresult cuGraphAddHostNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies, size_t count,
                            const CUDA_HOST_NODE_PARAMS* parameters) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!parameters) return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphAddHostNode: no parameters");
  return add(__func__, node, graph, dependencies, count, HostOperation{parameters->fn, parameters->userData});
}

CUresult cuGraphAddEmptyNode(CUgraphNode* node, CUgraph graph, const CUgraphNode* dependencies,
                             size_t count) {
  if (CUresult error = enterContext(__func__)) return error;
  return add(__func__, node, graph, dependencies, count, EmptyOperation{});
}

CUresult cuGraphAddDependencies(CUgraph graph, const CUgraphNode* from, const CUgraphNode* to, size_t count) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!valid(graph)) return unknownGraph(__func__);
  for (size_t i = 0; i < count; ++i) {
    if (!valid(from[i]) || !valid(to[i]) || from[i]->graph != graph || to[i]->graph != graph ||
        from[i] == to[i])
      return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphAddDependencies: pair %zu is not two nodes of the graph",
                  i);
    to[i]->dependencies.push_back(from[i]);
  }
  return CUDA_SUCCESS;
}

CUresult cuGraphGetNodes(CUgraph graph, CUgraphNode* nodes, size_t* count) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!count) return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphGetNodes: no place for the count");
  return valid(graph) ? list(graph->nodes, nodes, count) : unknownGraph(__func__);
}

CUresult cuGraphNodeGetType(CUgraphNode node, CUgraphNodeType* type) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!type || !valid(node))
    return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphNodeGetType: unknown node or no place");
  *type = typeOf(node->operation);
  return CUDA_SUCCESS;
}

CUresult cuGraphNodeGetDependencies(CUgraphNode node, CUgraphNode* dependencies, size_t* count) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!count || !valid(node))
    return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphNodeGetDependencies: unknown node or no place");
  return list(node->dependencies, dependencies, count);
}

CUresult cuGraphKernelNodeGetParams_v2(CUgraphNode node, CUDA_KERNEL_NODE_PARAMS* parameters) {
  if (CUresult error = enterContext(__func__)) return error;
  const auto* kernel = parameters && valid(node) ? std::get_if<KernelOperation>(&node->operation) : nullptr;
  if (!kernel)
    return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphKernelNodeGetParams: no kernel node or no place");
  *parameters = {kernel->function,
                 kernel->grid.x,
                 kernel->grid.y,
                 kernel->grid.z,
                 kernel->block.x,
                 kernel->block.y,
                 kernel->block.z,
                 kernel->sharedBytes,
                 kernel->parameters->pointers(),
                 nullptr,
                 nullptr,
                 currentContext()};
  return CUDA_SUCCESS;
}

CUresult cuGraphInstantiate(CUgraphExec* exec, CUgraph graph, CUgraphNode*, char*, size_t) {
  return instantiate(__func__, exec, graph);
}
CUresult cuGraphInstantiate_v2(CUgraphExec* exec, CUgraph graph, CUgraphNode*, char*, size_t) {
  return instantiate(__func__, exec, graph);
}
CUresult cuGraphInstantiateWithFlags(CUgraphExec* exec, CUgraph graph, unsigned long long) {
  return instantiate(__func__, exec, graph);
}
CUresult cuGraphInstantiateWithParams(CUgraphExec* exec, CUgraph graph,
                                      CUDA_GRAPH_INSTANTIATE_PARAMS* parameters) {
  const CUresult error = instantiate(__func__, exec, graph);
  if (parameters) parameters->result_out = error ? 1 : 0;
  return error;
}

CUresult cuGraphExecKernelNodeSetParams_v2(CUgraphExec exec, CUgraphNode node,
                                           const CUDA_KERNEL_NODE_PARAMS* parameters) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!valid(exec))
    return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphExecKernelNodeSetParams: unknown executable graph");
  KernelOperation operation;
  if (CUresult error = kernelOperation(__func__, parameters, &operation)) return error;
  for (size_t i = 0; i < exec->origins.size(); ++i) {
    if (exec->origins[i] != node || !std::holds_alternative<KernelOperation>(exec->operations[i])) continue;
    exec->operations[i] = operation;
    return CUDA_SUCCESS;
  }
  return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphExecKernelNodeSetParams: the graph has no such kernel node");
}

CUresult cuGraphUpload(CUgraphExec exec, CUstream) {
  if (CUresult error = enterContext(__func__)) return error;
  return valid(exec) ? CUDA_SUCCESS
                     : fail(CUDA_ERROR_INVALID_VALUE, "cuGraphUpload: unknown executable graph");
}

CUresult cuGraphLaunch(CUgraphExec exec, CUstream stream) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!valid(exec)) return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphLaunch: unknown executable graph");
  StreamUse use(stream, __func__);
  if (use.error()) return use.error();
  if (use.capturing()) return use.stream().capture.addGraph(exec->operations);
  for (const Operation& operation : exec->operations) {
    if (CUresult error = validate(operation, __func__)) return error;
    if (CUresult error =
            Late::on() ? Late::add(use.stream(), operation, __func__) : perform(operation, __func__))
      return error;
  }
  return CUDA_SUCCESS;
}

CUresult cuGraphExecDestroy(CUgraphExec exec) {
  if (CUresult error = enterContext(__func__)) return error;
  if (!valid(exec)) return fail(CUDA_ERROR_INVALID_VALUE, "cuGraphExecDestroy: unknown executable graph");
  Handles<CUgraphExec_st>::instance().destroy(exec);
  return CUDA_SUCCESS;
}
