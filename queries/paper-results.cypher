// title: Results of a paper
// description: Every result that a paper states: whose, on what, against what, by which metric.
// param paper: Paper required  id, arXiv id or title of the paper
// example: paper=2501.12948
// columns: subjects, value, from_value, unit, kind, direction, benchmarks, baselines, metrics, evidence
MATCH (p:Paper)
WHERE p.id = $paper OR p.arxiv_id = $paper OR toLower(p.title) = toLower($paper)
MATCH (p)-[r:REPORTS]->(x:Result)
WITH p, x, r.evidence AS text
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
RETURN subjects, x.value AS value, x.from_value AS from_value, x.unit AS unit, x.kind AS kind,
       x.direction AS direction, benchmarks, baselines, metrics, text AS evidence
ORDER BY p.id, x.id
