// title: Papers by words of the title
// description: Papers whose title holds a text, newest first.
// param text: string required  the text to look for, in any case
// param limit: integer = 50  the most papers to return
// example: text=reasoning
// columns: paper, title, date, votes
MATCH (p:Paper)
WHERE toLower(p.title) CONTAINS toLower($text)
RETURN p.id AS paper, p.title AS title, p.date AS date, p.votes AS votes
ORDER BY coalesce(date, '') DESC, paper
LIMIT $limit
