// title: A paper
// description: What is known of a paper, with its authors in the order of the source.
// param paper: Paper required  id, arXiv id or title of the paper
// example: paper=2501.12948
// columns: paper, title, date, votes, venue, url, authors
MATCH (p:Paper)
WHERE p.id = $paper OR p.arxiv_id = $paper OR toLower(p.title) = toLower($paper)
OPTIONAL MATCH (author)-[r:AUTHORED]->(p)
WITH p, author, r
ORDER BY r.position, author.id
WITH p, collect(author.name) AS authors
RETURN p.id AS paper, p.title AS title, p.date AS date, p.votes AS votes, p.venue AS venue, p.url AS url, authors
ORDER BY paper
