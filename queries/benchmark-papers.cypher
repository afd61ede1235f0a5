// title: Papers of a benchmark
// description: Papers that introduce, use or evaluate on a benchmark, newest first.
// param benchmark: Benchmark required  name, alias or id of the benchmark
// param limit: integer = 50  the most papers to return
// example: benchmark=GSM8K
// columns: paper, title, date, votes, roles
MATCH (b:Benchmark)
WHERE toLower(b.name) = toLower($benchmark) OR b.id = replace(toLower($benchmark), ' ', '-')
   OR any(alias IN b.aliases WHERE toLower(alias) = toLower($benchmark))
MATCH (p:Paper)-[r:INTRODUCES|USES|EVALUATES_ON|COMPARES_WITH|MENTIONS]->(b)
WITH DISTINCT p, type(r) AS role
ORDER BY role
WITH p, collect(role) AS roles
RETURN p.id AS paper, p.title AS title, p.date AS date, p.votes AS votes, roles
ORDER BY coalesce(date, '') DESC, paper
LIMIT $limit
