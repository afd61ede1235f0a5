// title: Papers by words of the text
// description: Passages that hold a text, newest paper first.
// param text: string required  the text to look for, in the case given
// param limit: integer = 50  the most passages to return
// example: text=GRPO
// columns: paper, title, date, section, passage, text
MATCH (t:Passage)
WHERE t.text CONTAINS $text
MATCH (p:Paper)-[:HAS_PASSAGE]->(t)
RETURN p.id AS paper, p.title AS title, p.date AS date, t.section AS section, t.id AS passage, t.text AS text
ORDER BY coalesce(date, '') DESC, paper, t.position, passage
LIMIT $limit
