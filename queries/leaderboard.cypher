// title: Leaderboard of a benchmark
// description: Stated absolute scores on a benchmark, best first by metric (lowest first where lower is
//   better), with who reached them.
// param benchmark: Benchmark required  name, alias or id of the benchmark
// param metric: string = ""  only this metric (name or id)
// param limit: integer = 50  the most results to return
// example: benchmark=GSM8K
// columns: metric, value, unit, subjects, paper, title, date, evidence
MATCH (b:Benchmark)
WHERE toLower(b.name) = toLower($benchmark) OR b.id = replace(toLower($benchmark), ' ', '-')
   OR any(alias IN b.aliases WHERE toLower(alias) = toLower($benchmark))
MATCH (p:Paper)-[r:REPORTS]->(x:Result)-[:ON]->(b)
WHERE x.kind = 'absolute' OR x.kind = 'change'
OPTIONAL MATCH (x)-[:MEASURES]->(m:Metric)
WITH p, r, x, m
WHERE $metric = '' OR toLower(m.name) = toLower($metric) OR m.id = replace(toLower($metric), ' ', '-')
OPTIONAL MATCH (x)-[:OF]->(subject)
WITH p, r, x, m, subject
ORDER BY subject.id
WITH p, r, x, m, collect(subject.name) AS subjects
RETURN m.name AS metric, x.value AS value, x.unit AS unit, subjects, p.id AS paper, p.title AS title,
       p.date AS date, r.evidence AS evidence
ORDER BY coalesce(metric, ''), coalesce(m.id, ''),
         CASE WHEN m.higher_is_better = false THEN x.value ELSE -x.value END, paper, x.id
LIMIT $limit
