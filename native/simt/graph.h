// Graphs of operations, and their executable form: the operations in an order that the dependencies permit.
#pragma once

#include <vector>

#include "cuda_types.h"
#include "operation.h"

struct CUgraph_st {
  std::vector<CUgraphNode> nodes;
};

struct CUgraphNode_st {
  CUgraphNode_st(CUgraph graph_, simt::Operation operation_, std::vector<CUgraphNode> dependencies_)
      : graph(graph_), operation(std::move(operation_)), dependencies(std::move(dependencies_)) {}
  CUgraph graph;
  simt::Operation operation;
  std::vector<CUgraphNode> dependencies;
};

struct CUgraphExec_st {
  std::vector<simt::Operation> operations;
  std::vector<CUgraphNode> origins;  // the node that each operation was made from
};

namespace simt {

// A new empty graph; null if there are too many.
CUgraph createGraph();
void destroyGraph(CUgraph graph);

// A new node; null if there are too many.
CUgraphNode addNode(CUgraph graph, const Operation& operation, const std::vector<CUgraphNode>& dependencies);

// The nodes, each after those it depends on; fewer than the graph has if there is a cycle.
std::vector<CUgraphNode> inOrder(CUgraph graph);

}  // namespace simt
