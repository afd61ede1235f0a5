// title: Papers of an organisation
// description: Papers that an organisation signed, that were produced there, or that name it, newest first.
// param organization: Organization required  name, alias or id of the organisation
// param limit: integer = 50  the most papers to return
// example: organization=Qwen
// columns: paper, title, date, votes, roles
MATCH (o:Organization)
WHERE toLower(o.name) = toLower($organization) OR o.id = replace(toLower($organization), ' ', '-')
   OR any(alias IN o.aliases WHERE toLower(alias) = toLower($organization))
MATCH (o)-[r:AUTHORED|PRODUCED_AT|MENTIONS]-(p:Paper)
WITH DISTINCT p, type(r) AS role
ORDER BY role
WITH p, collect(role) AS roles
RETURN p.id AS paper, p.title AS title, p.date AS date, p.votes AS votes, roles
ORDER BY coalesce(date, '') DESC, paper
LIMIT $limit
