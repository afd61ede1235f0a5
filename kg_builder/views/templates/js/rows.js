// The graph as it stands in the page: an object for each node and for each edge.

const graph = JSON.parse(document.getElementById("graph").textContent);
const nodes = graph.nodes;
const edges = graph.edges;
