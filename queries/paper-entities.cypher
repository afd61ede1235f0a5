// title: What a paper names
// description: Every model, method, benchmark, metric and organisation that a paper names, with what it does
//   with it.
// param paper: Paper required  id, arXiv id or title of the paper
// example: paper=2501.12948
// columns: label, id, name, roles, count
MATCH (p:Paper)
WHERE p.id = $paper OR p.arxiv_id = $paper OR toLower(p.title) = toLower($paper)
MATCH (p)-[r:MENTIONS|INTRODUCES|USES|EVALUATES|EVALUATES_ON|COMPARES_WITH]->(e)
WITH e, type(r) AS role, r
ORDER BY role
WITH e, collect(role) AS roles, max(CASE WHEN role = 'MENTIONS' THEN r.count END) AS count
RETURN labels(e)[0] AS label, e.id AS id, e.name AS name, roles, count
ORDER BY label, id
