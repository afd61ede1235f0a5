// title: Organisations
// description: Organisations by the papers that they signed, that were produced there, whose authors belong to
//   them, and that name them.
// param limit: integer = 50  the most organisations to return
// columns: organization, name, signed, produced, affiliated, named
MATCH (o:Organization)
RETURN o.id AS organization, o.name AS name,
       COUNT { (o)-[:AUTHORED]->(:Paper) } AS signed,
       COUNT { (:Paper)-[:PRODUCED_AT]->(o) } AS produced,
       COUNT { (:Author)-[:AFFILIATED_WITH]->(o) } AS affiliated,
       COUNT { (:Paper)-[:MENTIONS]->(o) } AS named
ORDER BY signed + produced + affiliated + named DESC, organization
LIMIT $limit
