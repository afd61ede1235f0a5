// title: Results of a model
// description: Every stated result whose subject is a model.
// param model: Model required  name, alias or id of the model
// param variants: boolean = true  whether its variants count as the model (Qwen2.5-7B for Qwen2.5)
// param limit: integer = 100  the most results to return
// example: model=LLaMA
// columns: paper, title, date, subjects, value, unit, kind, benchmarks, baselines, metrics, evidence
MATCH (m:Model)
WHERE toLower(m.name) = toLower($model) OR m.id = replace(toLower($model), ' ', '-')
   OR any(alias IN m.aliases WHERE toLower(alias) = toLower($model))
MATCH (v:Model)-[:VARIANT_OF*0..6]->(m)
WHERE $variants OR v.id = m.id
WITH DISTINCT v
MATCH (p:Paper)-[r:REPORTS]->(x:Result)-[:OF]->(v)
WITH DISTINCT p, x, r.evidence AS text
OPTIONAL MATCH (x)-[:OF]->(subject)
WITH p, x, text, subject
ORDER BY subject.id
WITH p, x, text, collect(subject.name) AS subjects
OPTIONAL MATCH (x)-[:ON]->(b:Benchmark)
WITH p, x, text, subjects, b
ORDER BY b.id
WITH p, x, text, subjects, collect(b.name) AS benchmarks
OPTIONAL MATCH (x)-[:AGAINST]->(baseline)
WITH p, x, text, subjects, benchmarks, baseline
ORDER BY baseline.id
WITH p, x, text, subjects, benchmarks, collect(baseline.name) AS baselines
OPTIONAL MATCH (x)-[:MEASURES]->(metric:Metric)
WITH p, x, text, subjects, benchmarks, baselines, metric
ORDER BY metric.id
WITH p, x, text, subjects, benchmarks, baselines, collect(metric.name) AS metrics
RETURN p.id AS paper, p.title AS title, p.date AS date, subjects, x.value AS value, x.unit AS unit, x.kind AS kind,
       benchmarks, baselines, metrics, text AS evidence
ORDER BY coalesce(date, '') DESC, paper, x.id
LIMIT $limit
