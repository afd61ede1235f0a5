// title: Methods most used
// description: Methods that the most papers use, compare with or introduce.
// param since: date = null  only papers listed on this day or later
// param until: date = null  only papers listed on this day or earlier (as precise as given)
// param limit: integer = 20  the most methods to return
// columns: method, name, papers
MATCH (p:Paper)-[:USES|COMPARES_WITH|INTRODUCES]->(m:Method)
WHERE ($since IS NULL OR p.date >= $since) AND ($until IS NULL OR left(p.date, size($until)) <= $until)
WITH m, count(DISTINCT p) AS papers
RETURN m.id AS method, m.name AS name, papers
ORDER BY papers DESC, method
LIMIT $limit
