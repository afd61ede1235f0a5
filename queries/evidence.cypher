// title: Evidence behind a relationship
// description: Why the graph says that a paper has to do with something: the sentence, the words that name it,
//   and where it stands.
// param paper: Paper required  id, arXiv id or title of the paper
// param name: string required  name, alias or id of what the paper has to do with
// example: paper=2501.12948 name=DeepSeek-V3-Base
// columns: relationship, label, name, section, mention, evidence, start, end, confidence, extractor, count, passage
MATCH (p:Paper)
WHERE p.id = $paper OR p.arxiv_id = $paper OR toLower(p.title) = toLower($paper)
MATCH (p)-[r:INTRODUCES|USES|EVALUATES|EVALUATES_ON|COMPARES_WITH|MENTIONS]->(e)
WHERE toLower(e.name) = toLower($name) OR e.id = replace(toLower($name), ' ', '-')
   OR any(alias IN e.aliases WHERE toLower(alias) = toLower($name))
MATCH (p)-[:HAS_PASSAGE]->(t:Passage)
WHERE t.id = r.passage
RETURN type(r) AS relationship, labels(e)[0] AS label, e.name AS name, t.section AS section, r.mention AS mention,
       r.evidence AS evidence, r.start AS start, r.`end` AS `end`, r.confidence AS confidence,
       r.extractor AS extractor, r.count AS count, t.id AS passage
ORDER BY relationship, label, e.id
