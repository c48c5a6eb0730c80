#include "graph.h"

#include <algorithm>
#include <unordered_map>

#include "handles.h"

namespace simt {

CUgraph createGraph() { return Handles<CUgraph_st>::instance().create(); }

void destroyGraph(CUgraph graph) {
  for (CUgraphNode node : graph->nodes) Handles<CUgraphNode_st>::instance().destroy(node);
  Handles<CUgraph_st>::instance().destroy(graph);
}

CUgraphNode addNode(CUgraph graph, const Operation& operation, const std::vector<CUgraphNode>& dependencies) {
  CUgraphNode node = Handles<CUgraphNode_st>::instance().create(graph, operation, dependencies);
  if (node) graph->nodes.push_back(node);
  return node;
}

std::vector<CUgraphNode> inOrder(CUgraph graph) {
  std::unordered_map<CUgraphNode, size_t> missing;
  std::unordered_map<CUgraphNode, std::vector<CUgraphNode>> dependents;
  std::vector<CUgraphNode> order;
  for (CUgraphNode node : graph->nodes) {
    missing[node] = node->dependencies.size();
    for (CUgraphNode before : node->dependencies) dependents[before].push_back(node);
    if (node->dependencies.empty()) order.push_back(node);
  }
  for (size_t i = 0; i < order.size(); ++i)
    for (CUgraphNode after : dependents[order[i]])
      if (--missing[after] == 0) order.push_back(after);
  return order;
}

}  // namespace simt
