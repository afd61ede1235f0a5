"""Explore: a small local web application over a snapshot of the graph.

`serving` is the entrance. A request passes the `guard` (host, token, form), then a page: of the `catalogue` and the
`search`, which read the snapshot by SQL, or of a query or a view, which a worker process computes, so that
whatever a query does it takes nothing down but that worker.
"""
