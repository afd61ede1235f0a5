// title: Topics
// description: Topics by the number of papers that have them.
// param limit: integer = 50  the most topics to return
// columns: topic, name, papers
MATCH (p:Paper)-[:HAS_TOPIC]->(t:Topic)
WITH t, count(DISTINCT p) AS papers
RETURN t.id AS topic, t.name AS name, papers
ORDER BY papers DESC, topic
LIMIT $limit
