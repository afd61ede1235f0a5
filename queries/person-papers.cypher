// title: Papers of a person
// description: Papers that a person wrote, newest first.
// param person: Author required  name, variant of it, or id of the author
// param limit: integer = 50  the most papers to return
// example: person="Luke Zettlemoyer"
// columns: author, name, paper, title, date, votes, position
MATCH (a:Author)
WHERE toLower(a.name) = toLower($person) OR a.id = $person
   OR any(variant IN a.variants WHERE toLower(variant) = toLower($person))
MATCH (a)-[r:AUTHORED]->(p:Paper)
RETURN a.id AS author, a.name AS name, p.id AS paper, p.title AS title, p.date AS date, p.votes AS votes,
       r.position AS position
ORDER BY coalesce(date, '') DESC, paper, author
LIMIT $limit
