// title: Papers that share authors
// description: Pairs of papers with two authors or more in common.
// param authors: integer = 2  the fewest authors that a pair must share
// param limit: integer = 50  the most pairs to return
// columns: paper, other, authors, names
MATCH (p:Paper)<-[:AUTHORED]-(a:Author)-[:AUTHORED]->(o:Paper)
WHERE p.id < o.id
WITH p, o, a
ORDER BY a.id
WITH p, o, collect(DISTINCT a.name) AS names, count(DISTINCT a) AS authors
WHERE authors >= $authors
RETURN p.id AS paper, o.id AS other, authors, names[0..10] AS names
ORDER BY authors DESC, paper, other
LIMIT $limit
