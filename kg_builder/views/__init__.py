"""Views: interactive pages of the graph."""
