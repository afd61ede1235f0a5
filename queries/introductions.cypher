// title: What is new
// description: Models, methods and benchmarks that papers introduce, newest first.
// param since: date = null  only papers listed on this day or later
// param until: date = null  only papers listed on this day or earlier (as precise as given)
// param label: string = ""  only Model, Method or Benchmark
// param limit: integer = 50  the most rows to return
// columns: date, label, id, name, paper, title, votes
MATCH (p:Paper)-[:INTRODUCES]->(e)
WHERE ($since IS NULL OR p.date >= $since) AND ($until IS NULL OR left(p.date, size($until)) <= $until)
  AND ($label = '' OR labels(e)[0] = $label)
RETURN p.date AS date, labels(e)[0] AS label, e.id AS id, e.name AS name, p.id AS paper, p.title AS title,
       p.votes AS votes
ORDER BY coalesce(date, '') DESC, paper, label, id
LIMIT $limit
