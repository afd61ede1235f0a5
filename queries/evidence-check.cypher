// title: Check that all evidence reproduces
// description: Relationships whose evidence or mention is not what stands in the passage between the offsets,
//   or whose passage is no passage of the paper. There should be none.
// param limit: integer = 100  the most rows to return
// columns: relationship, start_id, end_id, passage, start, end, evidence, found
MATCH (s:Paper)-[r:INTRODUCES|USES|EVALUATES|EVALUATES_ON|COMPARES_WITH|MENTIONS|REPORTS]->(e)
WHERE NOT EXISTS {
  MATCH (s)-[:HAS_PASSAGE]->(t:Passage)
  WHERE t.id = r.passage
    AND r.start >= 0 AND r.`end` >= r.start AND r.mention_start >= 0 AND r.mention_end >= r.mention_start
    // A substring from before the beginning would be an error.
    AND substring(t.text, abs(r.start), abs(r.`end` - r.start)) = r.evidence
    AND substring(t.text, abs(r.mention_start), abs(r.mention_end - r.mention_start)) = r.mention
}
OPTIONAL MATCH (t:Passage)
WHERE t.id = r.passage
RETURN type(r) AS relationship, s.id AS start_id, e.id AS end_id, r.passage AS passage, r.start AS start,
       r.`end` AS `end`, r.evidence AS evidence,
       CASE WHEN 0 <= r.start AND r.start <= r.`end` THEN substring(t.text, r.start, r.`end` - r.start) END AS found
ORDER BY relationship, start_id, end_id
LIMIT $limit
UNION ALL
MATCH (s)-[r:BASED_ON]->(e)
WITH s, r, e, r.passage AS passage
OPTIONAL MATCH (t:Passage {id: passage})
WITH s, r, e, t
WHERE NOT coalesce(
    r.start >= 0 AND r.`end` >= r.start AND r.mention_start >= 0 AND r.mention_end >= r.mention_start
    AND substring(t.text, abs(r.start), abs(r.`end` - r.start)) = r.evidence
    AND substring(t.text, abs(r.mention_start), abs(r.mention_end - r.mention_start)) = r.mention,
  false)
RETURN type(r) AS relationship, s.id AS start_id, e.id AS end_id, r.passage AS passage, r.start AS start,
       r.`end` AS `end`, r.evidence AS evidence,
       CASE WHEN 0 <= r.start AND r.start <= r.`end` THEN substring(t.text, r.start, r.`end` - r.start) END AS found
ORDER BY relationship, start_id, end_id
LIMIT $limit
