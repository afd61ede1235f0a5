// title: Papers without results
// description: Papers of which no result was found, newest first: candidates for a second look.
// param since: date = null  only papers listed on this day or later
// param until: date = null  only papers listed on this day or earlier (as precise as given)
// param limit: integer = 50  the most papers to return
// columns: paper, title, date, votes, passages
MATCH (p:Paper)
WHERE NOT EXISTS { (p)-[:REPORTS]->(:Result) }
  AND ($since IS NULL OR p.date >= $since) AND ($until IS NULL OR left(p.date, size($until)) <= $until)
OPTIONAL MATCH (p)-[:HAS_PASSAGE]->(t:Passage)
WITH p, count(t) AS passages
RETURN p.id AS paper, p.title AS title, p.date AS date, p.votes AS votes, passages
ORDER BY coalesce(date, '') DESC, paper
LIMIT $limit
