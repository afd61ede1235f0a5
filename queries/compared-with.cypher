// title: What a model was compared with
// description: Models and methods that stand beside a model in one paper: one of them introduced, compared with or
//   evaluated, and the other too, each with the words that say so. Two that a paper introduces together are left out.
// param model: Model required  name, alias or id of the model
// param variants: boolean = true  whether its variants count as the model (Qwen2.5-7B for Qwen2.5)
// param limit: integer = 100  the most rows to return
// example: model=BERT
// columns: other, role, model, model_role, paper, title, date, evidence, model_evidence
MATCH (m:Model)
WHERE toLower(m.name) = toLower($model) OR m.id = replace(toLower($model), ' ', '-')
   OR any(alias IN m.aliases WHERE toLower(alias) = toLower($model))
MATCH (v:Model)-[:VARIANT_OF*0..6]->(m)
WHERE $variants OR v.id = m.id
WITH collect(DISTINCT v.id) AS meant
MATCH (p:Paper)-[r:INTRODUCES|COMPARES_WITH|EVALUATES]->(v:Model)
WHERE v.id IN meant
MATCH (p)-[s:INTRODUCES|COMPARES_WITH|EVALUATES]->(o)
WHERE (o:Model OR o:Method) AND NOT o.id IN meant AND (type(r) <> 'INTRODUCES' OR type(s) <> 'INTRODUCES')
RETURN o.name AS other, type(s) AS role, v.name AS model, type(r) AS model_role, p.id AS paper, p.title AS title,
       p.date AS date, s.evidence AS evidence, r.evidence AS model_evidence
ORDER BY coalesce(date, '') DESC, paper, o.id, role, v.id, model_role
LIMIT $limit
