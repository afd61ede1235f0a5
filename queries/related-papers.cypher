// title: Papers related to a paper
// description: Papers that name the most models, methods and benchmarks that a paper names.
// param paper: Paper required  id, arXiv id or title of the paper
// param limit: integer = 20  the most papers to return
// example: paper=2501.12948
// columns: paper, title, date, shared, names
MATCH (p:Paper)
WHERE p.id = $paper OR p.arxiv_id = $paper OR toLower(p.title) = toLower($paper)
MATCH (p)-[:MENTIONS]->(e)<-[:MENTIONS]-(other:Paper)
WHERE (e:Model OR e:Method OR e:Benchmark) AND other.id <> p.id
WITH DISTINCT other, e.name AS name
ORDER BY name
WITH other, collect(name) AS names
RETURN other.id AS paper, other.title AS title, other.date AS date, size(names) AS shared, names
ORDER BY shared DESC, paper
LIMIT $limit
