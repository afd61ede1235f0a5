// title: Variants of a model
// description: All narrower names of a model (sizes, versions, tunings), with the next wider name of each and
//   how many papers name it.
// param model: Model required  name, alias or id of the model
// param limit: integer = 100  the most variants to return
// example: model=LLaMA
// columns: variant, name, wider, version, size, kind, papers
MATCH (m:Model)
WHERE toLower(m.name) = toLower($model) OR m.id = replace(toLower($model), ' ', '-')
   OR any(alias IN m.aliases WHERE toLower(alias) = toLower($model))
MATCH (v:Model)-[:VARIANT_OF]->(wider:Model)-[:VARIANT_OF*0..6]->(m)
OPTIONAL MATCH (p:Paper)-[:MENTIONS]->(v)
WITH v, wider, count(DISTINCT p) AS papers
RETURN v.id AS variant, v.name AS name, wider.name AS wider, v.version AS version, v.size AS size,
       v.variant AS kind, papers
ORDER BY variant, wider
LIMIT $limit
