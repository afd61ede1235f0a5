// title: Papers with the most votes
// description: Papers by votes.
// param since: date = null  only papers listed on this day or later
// param until: date = null  only papers listed on this day or earlier (as precise as given)
// param limit: integer = 20  the most papers to return
// columns: paper, title, date, votes
MATCH (p:Paper)
WHERE p.votes IS NOT NULL
  AND ($since IS NULL OR p.date >= $since) AND ($until IS NULL OR left(p.date, size($until)) <= $until)
RETURN p.id AS paper, p.title AS title, p.date AS date, p.votes AS votes
ORDER BY votes DESC, paper
LIMIT $limit
