// title: Least certain facts
// description: Relationships with the lowest confidence and the words behind them: where to look first for
//   mistakes.
// param below: float = 1.0  only what has less confidence than this
// param limit: integer = 50  the most rows to return
// columns: relationship, paper, label, name, confidence, mention, evidence
MATCH (p:Paper)-[r:INTRODUCES|USES|EVALUATES|EVALUATES_ON|COMPARES_WITH]->(e)
WHERE r.confidence < $below
RETURN type(r) AS relationship, p.id AS paper, labels(e)[0] AS label, e.name AS name, r.confidence AS confidence,
       r.mention AS mention, r.evidence AS evidence
ORDER BY confidence, paper, relationship, label, e.id
LIMIT $limit
