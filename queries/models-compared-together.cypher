// title: Models compared together
// description: Pairs of models that the same papers compare with.
// param papers: integer = 2  the fewest papers that a pair must share
// param limit: integer = 50  the most pairs to return
// example: papers=1
// columns: model, other, papers
MATCH (m:Model)<-[:COMPARES_WITH]-(p:Paper)-[:COMPARES_WITH]->(o:Model)
WHERE m.id < o.id
WITH m, o, count(DISTINCT p) AS shared
WHERE shared >= $papers
RETURN m.name AS model, o.name AS other, shared AS papers
ORDER BY papers DESC, m.id, o.id
LIMIT $limit
