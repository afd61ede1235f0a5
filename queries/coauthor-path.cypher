// title: Shortest path between two persons
// description: How far two persons are from each other by co-authorship, and one shortest chain of co-authors
//   between them. Where there are several, the one through the least ids is shown.
// param person: Author required  name, variant of it, or id of the one
// param other: Author required  name, variant of it, or id of the other
// example: person="Luke Zettlemoyer" other="Hugo Touvron"
// columns: author, other, steps, names
MATCH (a:Author)
WHERE toLower(a.name) = toLower($person) OR a.id = $person
   OR any(variant IN a.variants WHERE toLower(variant) = toLower($person))
MATCH (b:Author)
WHERE (toLower(b.name) = toLower($other) OR b.id = $other
   OR any(variant IN b.variants WHERE toLower(variant) = toLower($other)))
   AND b.id <> a.id
MATCH path = allShortestPaths((a)-[:CO_AUTHORED*..15]-(b))
WITH a, b, length(path) AS steps, [n IN nodes(path) | n.id] AS ids, [n IN nodes(path) | n.name] AS names
ORDER BY ids
WITH a, b, steps, collect(names)[0] AS names
RETURN a.id AS author, b.id AS other, steps, names
ORDER BY steps, author, other
