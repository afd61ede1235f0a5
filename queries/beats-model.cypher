// title: Papers that beat a model, and by how much
// description: Stated gains over a model: differences, ratios and changes for the better. What is better
//   follows the metric where it is known; else every stated gain counts.
// param model: Model required  name, alias or id of the model
// param variants: boolean = true  whether its variants count as the model (Qwen2.5-7B for Qwen2.5)
// param limit: integer = 100  the most results to return
// example: model=PaLM
// columns: paper, title, date, subjects, baseline, value, unit, kind, direction, benchmarks, metrics, evidence
MATCH (m:Model)
WHERE toLower(m.name) = toLower($model) OR m.id = replace(toLower($model), ' ', '-')
   OR any(alias IN m.aliases WHERE toLower(alias) = toLower($model))
MATCH (v:Model)-[:VARIANT_OF*0..6]->(m)
WHERE $variants OR v.id = m.id
WITH DISTINCT v
MATCH (x:Result)-[:AGAINST]->(v)
WHERE x.kind <> 'absolute'
MATCH (p:Paper)-[r:REPORTS]->(x)
OPTIONAL MATCH (x)-[:MEASURES]->(metric:Metric)
WITH p, r, x, v, metric
ORDER BY metric.id
WITH p, r, x, v, collect(metric.name) AS metrics, collect(metric.higher_is_better) AS higher
WHERE NOT (coalesce(x.direction, '') = 'down' AND true IN higher)
  AND NOT (coalesce(x.direction, '') = 'up' AND false IN higher)
OPTIONAL MATCH (x)-[:OF]->(subject)
WITH p, r, x, v, metrics, subject
ORDER BY subject.id
WITH p, r, x, v, metrics, collect(subject.name) AS subjects
OPTIONAL MATCH (x)-[:ON]->(b:Benchmark)
WITH p, r, x, v, metrics, subjects, b
ORDER BY b.id
WITH p, r, x, v, metrics, subjects, collect(b.name) AS benchmarks
RETURN p.id AS paper, p.title AS title, p.date AS date, subjects, v.name AS baseline, x.value AS value,
       x.unit AS unit, x.kind AS kind, x.direction AS direction, benchmarks, metrics, r.evidence AS evidence
ORDER BY coalesce(date, '') DESC, paper, x.id, v.id
LIMIT $limit
