"""How long pages of graphs take to write and to show, and how much memory, beside stock pyvis."""
