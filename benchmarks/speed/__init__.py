"""How fast sources become a graph, and how fast the graph answers; beside peers that do the same work."""
