// title: What a model is built from, and what is built from it
// description: Models and methods that are built or fine-tuned from a model, and the models that it is built
//   from itself, with the evidence.
// param model: Model required  name, alias or id of the model
// param limit: integer = 100  the most rows to return
// example: model="DeepSeekMath 7B"
// columns: derived, base, paper, title, evidence
MATCH (m:Model)
WHERE toLower(m.name) = toLower($model) OR m.id = replace(toLower($model), ' ', '-')
   OR any(alias IN m.aliases WHERE toLower(alias) = toLower($model))
MATCH (m)-[either:BASED_ON]-()
WITH DISTINCT either AS r
WITH startNode(r) AS derived, endNode(r) AS base, r
WITH derived, base, r, r.passage AS passage
OPTIONAL MATCH (p:Paper)-[:HAS_PASSAGE]->(:Passage {id: passage})
RETURN derived.name AS derived, base.name AS base, p.id AS paper, p.title AS title, r.evidence AS evidence
ORDER BY derived, base, paper
LIMIT $limit
