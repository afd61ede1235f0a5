// title: What a paper introduces
// description: Models, methods and benchmarks that a paper presents as its own, with the sentence that says
//   so.
// param paper: Paper required  id, arXiv id or title of the paper
// example: paper=2501.12948
// columns: label, id, name, confidence, evidence
MATCH (p:Paper)
WHERE p.id = $paper OR p.arxiv_id = $paper OR toLower(p.title) = toLower($paper)
MATCH (p)-[r:INTRODUCES]->(e)
RETURN labels(e)[0] AS label, e.id AS id, e.name AS name, r.confidence AS confidence, r.evidence AS evidence
ORDER BY label, id
