"""Resolution: which names are one thing, which documents are one paper, and the graph that follows."""
