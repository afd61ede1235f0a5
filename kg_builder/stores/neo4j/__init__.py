"""Neo4j as a store: a server on this machine, connections, and loads that write only what differs."""
