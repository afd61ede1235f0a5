// title: What the graph holds
// description: How many nodes of each label and relationships of each type there are.
// columns: name, count
MATCH (n)
// In Neo4j, one node keeps the state of the loads; it is no part of the graph.
WHERE NOT n:_KgBuilder
RETURN labels(n)[0] AS name, count(*) AS count
ORDER BY name
UNION ALL
MATCH ()-[r]->()
RETURN type(r) AS name, count(*) AS count
ORDER BY name
