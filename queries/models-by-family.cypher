// title: Families of models
// description: Families with the number of their models and of the papers that name one of them.
// param limit: integer = 50  the most families to return
// columns: family, models, papers, names
MATCH (m:Model)
WHERE m.family IS NOT NULL
OPTIONAL MATCH (p:Paper)-[:MENTIONS]->(m)
WITH m.family AS family, m.name AS name, m.id AS model, p
ORDER BY family, model
WITH family, collect(DISTINCT name) AS names, count(DISTINCT model) AS models, count(DISTINCT p) AS papers
RETURN family, models, papers, names[0..10] AS names
ORDER BY papers DESC, models DESC, family
LIMIT $limit
