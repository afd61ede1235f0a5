"""Views: what of a graph is looked at, where it lies on the page, and the page itself.

The way runs through plain values: `selection` picks nodes and edges (a `Picture`), `layout` gives them places,
`network` makes them a pyvis network, `page` writes that with the project's own template. `viewing` is the
entrance: `view` writes a page to a file, `page` returns it.
"""
