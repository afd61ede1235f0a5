// title: Papers that share authors
// description: Pairs of papers with two authors or more in common.
// param authors: integer = 2  the fewest authors that a pair must share
// param limit: integer = 50  the most pairs to return
// columns: paper, other, authors, names
MATCH (p:Paper)<-[:AUTHORED]-(a:Author)-[:AUTHORED]->(o:Paper)
WHERE p.id < o.id
WITH p.id AS paper, o.id AS other, count(a) AS authors
ORDER BY authors DESC, paper, other
LIMIT $limit
WITH paper, other, authors
WHERE authors >= $authors
MATCH (:Paper {id: paper})<-[:AUTHORED]-(a:Author)
MATCH (a)-[:AUTHORED]->(:Paper {id: other})
WITH paper, other, authors, a
ORDER BY a.name, a.id
WITH paper, other, authors, collect(a.name) AS names
RETURN paper, other, authors, names[0..10] AS names
ORDER BY authors DESC, paper, other
