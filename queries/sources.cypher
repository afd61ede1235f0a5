// title: Sources
// description: What was read, and how many papers each source tells of.
// param limit: integer = 1000  the most sources to return
// columns: source, location, format, date, papers
MATCH (s:Source)
OPTIONAL MATCH (p:Paper)-[:LISTED_IN]->(s)
WITH s, count(DISTINCT p) AS papers
RETURN s.id AS source, s.location AS location, s.format AS format, s.date AS date, papers
ORDER BY location, source
LIMIT $limit
