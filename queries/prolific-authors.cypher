// title: Persons with the most papers
// description: Authors by number of papers, with how many people they wrote with.
// param limit: integer = 20  the most persons to return
// columns: author, name, papers, coauthors
MATCH (a:Author)-[:AUTHORED]->(p:Paper)
WITH a, count(DISTINCT p) AS papers
ORDER BY papers DESC, a.id
LIMIT $limit
OPTIONAL MATCH (a)-[:CO_AUTHORED]-(c:Author)
WITH a, papers, count(DISTINCT c) AS coauthors
RETURN a.id AS author, a.name AS name, papers, coauthors
ORDER BY papers DESC, author
