// title: Models on a benchmark
// description: Models of which a result on a benchmark is stated, and how many.
// param benchmark: Benchmark required  name, alias or id of the benchmark
// param limit: integer = 50  the most models to return
// example: benchmark=GSM8K
// columns: model, name, results, papers
MATCH (b:Benchmark)
WHERE toLower(b.name) = toLower($benchmark) OR b.id = replace(toLower($benchmark), ' ', '-')
   OR any(alias IN b.aliases WHERE toLower(alias) = toLower($benchmark))
MATCH (p:Paper)-[:REPORTS]->(x:Result)-[:ON]->(b)
MATCH (x)-[:OF]->(m:Model)
WITH m, count(DISTINCT x) AS results, count(DISTINCT p) AS papers
RETURN m.id AS model, m.name AS name, results, papers
ORDER BY results DESC, model
LIMIT $limit
