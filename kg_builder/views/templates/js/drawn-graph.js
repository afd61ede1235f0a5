// The graph as sigma.js asks for it: the little of graphology's interface that it calls. graphology itself would take
// seconds to hold anew what the page has in columns already.

class DrawnGraph {
  // By these three sigma.js knows a graph; this one is never changed.
  multi = true;
  addUndirectedEdgeWithKey() {}
  dropNode() {}

  order = nodes.length;
  size = edges.length;
  #nodes = Array.from({ length: nodes.length }, (_, id) => id);
  #edges = Array.from({ length: edges.length }, (_, id) => id);

  nodes() {
    return this.#nodes;
  }

  edges() {
    return this.#edges;
  }

  forEachNode(each) {
    for (const id of this.#nodes) each(id, this.getNodeAttributes(id));
  }

  forEachEdge(each) {
    for (const id of this.#edges) each(id);
  }

  // In sigma.js y grows upwards.
  getNodeAttributes(id) {
    return { x: ofNode.x[id], y: -ofNode.y[id] };
  }

  getEdgeAttributes() {
    return null;
  }

  extremities(id) {
    return [ofEdge.from[id], ofEdge.to[id]];
  }

  on() {}
}
