"""Loading into Neo4j, measured beside what else there is."""
