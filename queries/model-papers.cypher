// title: Papers of a model
// description: Papers that introduce, use, evaluate, compare with or name a model, newest first, with what
//   they do with it.
// param model: Model required  name, alias or id of the model
// param variants: boolean = true  whether its variants count as the model (Qwen2.5-7B for Qwen2.5)
// param limit: integer = 50  the most papers to return
// example: model=DeepSeekMath
// columns: paper, title, date, votes, roles, models
MATCH (m:Model)
WHERE toLower(m.name) = toLower($model) OR m.id = replace(toLower($model), ' ', '-')
   OR any(alias IN m.aliases WHERE toLower(alias) = toLower($model))
MATCH (v:Model)-[:VARIANT_OF*0..6]->(m)
WHERE $variants OR v.id = m.id
WITH DISTINCT v
MATCH (p:Paper)-[r:INTRODUCES|USES|EVALUATES|COMPARES_WITH|MENTIONS]->(v)
WITH DISTINCT p, type(r) AS role, v.name AS name
ORDER BY role, name
WITH p, collect(DISTINCT role) AS roles, collect(DISTINCT name) AS models
RETURN p.id AS paper, p.title AS title, p.date AS date, p.votes AS votes, roles, models
ORDER BY coalesce(date, '') DESC, paper
LIMIT $limit
