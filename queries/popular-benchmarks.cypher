// title: Benchmarks most used
// description: Benchmarks and datasets that the most papers measure on.
// param since: date = null  only papers listed on this day or later
// param until: date = null  only papers listed on this day or earlier (as precise as given)
// param limit: integer = 20  the most benchmarks to return
// columns: benchmark, name, kind, papers
MATCH (p:Paper)-[:EVALUATES_ON]->(b:Benchmark)
WHERE ($since IS NULL OR p.date >= $since) AND ($until IS NULL OR left(p.date, size($until)) <= $until)
WITH b, count(DISTINCT p) AS papers
RETURN b.id AS benchmark, b.name AS name, b.kind AS kind, papers
ORDER BY papers DESC, benchmark
LIMIT $limit
