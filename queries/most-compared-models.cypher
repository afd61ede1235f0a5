// title: Models most compared with
// description: Models that the most papers measure their own work against.
// param since: date = null  only papers listed on this day or later
// param until: date = null  only papers listed on this day or earlier (as precise as given)
// param limit: integer = 20  the most models to return
// columns: model, name, family, papers
MATCH (p:Paper)-[:COMPARES_WITH]->(m:Model)
WHERE ($since IS NULL OR p.date >= $since) AND ($until IS NULL OR left(p.date, size($until)) <= $until)
WITH m, count(DISTINCT p) AS papers
RETURN m.id AS model, m.name AS name, m.family AS family, papers
ORDER BY papers DESC, model
LIMIT $limit
