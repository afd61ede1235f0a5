// title: Benchmarks used together
// description: Pairs of benchmarks on which the same papers measure.
// param papers: integer = 2  the fewest papers that a pair must share
// param limit: integer = 50  the most pairs to return
// columns: benchmark, other, papers
MATCH (b:Benchmark)<-[:EVALUATES_ON]-(p:Paper)-[:EVALUATES_ON]->(o:Benchmark)
WHERE b.id < o.id
WITH b, o, count(DISTINCT p) AS shared
WHERE shared >= $papers
RETURN b.name AS benchmark, o.name AS other, shared AS papers
ORDER BY papers DESC, b.id, o.id
LIMIT $limit
