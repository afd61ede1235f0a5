// title: Metrics most reported
// description: Metrics by the number of results that they measure.
// param limit: integer = 20  the most metrics to return
// columns: metric, name, higher_is_better, results
MATCH (x:Result)-[:MEASURES]->(m:Metric)
WITH m, count(DISTINCT x) AS results
RETURN m.id AS metric, m.name AS name, m.higher_is_better AS higher_is_better, results
ORDER BY results DESC, metric
LIMIT $limit
