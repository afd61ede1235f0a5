// title: Co-authors of a person
// description: Who wrote papers with a person, most papers together first.
// param person: Author required  name, variant of it, or id of the author
// param limit: integer = 50  the most co-authors to return
// example: person="Luke Zettlemoyer"
// columns: author, coauthor, name, papers, weight, first_date, last_date
MATCH (a:Author)
WHERE toLower(a.name) = toLower($person) OR a.id = $person
   OR any(variant IN a.variants WHERE toLower(variant) = toLower($person))
MATCH (a)-[r:CO_AUTHORED]-(c:Author)
RETURN a.id AS author, c.id AS coauthor, c.name AS name, r.papers AS papers, r.weight AS weight,
       r.first_date AS first_date, r.last_date AS last_date
ORDER BY papers DESC, weight DESC, coauthor, author
LIMIT $limit
