// title: What the graph holds
// description: How many nodes of each label and relationships of each type there are.
// columns: name, count
MATCH (n)
RETURN labels(n)[0] AS name, count(*) AS count
ORDER BY name
UNION ALL
MATCH ()-[r]->()
RETURN type(r) AS name, count(*) AS count
ORDER BY name
