// title: Check that all evidence reproduces
// description: Relationships whose evidence or mention is not what stands in the passage between the offsets,
//   or whose passage is no passage of the paper. There should be none.
// param limit: integer = 100  the most rows to return
// columns: relationship, start_id, end_id, passage, start, end, evidence, found
MATCH (s)-[r:INTRODUCES|USES|EVALUATES|EVALUATES_ON|COMPARES_WITH|MENTIONS|BASED_ON|REPORTS]->(e)
WITH s, r, e, r.passage AS passage
OPTIONAL MATCH (t:Passage {id: passage})
WITH s, r, e, t,
     CASE WHEN 0 <= r.start AND r.start <= r.`end` THEN substring(t.text, r.start, r.`end` - r.start) END AS found,
     CASE WHEN 0 <= r.mention_start AND r.mention_start <= r.mention_end
          THEN substring(t.text, r.mention_start, r.mention_end - r.mention_start) END AS mentioned
WHERE coalesce(found <> r.evidence, true)
   OR coalesce(mentioned <> r.mention, true)
   OR (s:Paper AND NOT EXISTS { (s)-[:HAS_PASSAGE]->(t) })
RETURN type(r) AS relationship, s.id AS start_id, e.id AS end_id, r.passage AS passage, r.start AS start,
       r.`end` AS `end`, r.evidence AS evidence, found
ORDER BY relationship, start_id, end_id
LIMIT $limit
