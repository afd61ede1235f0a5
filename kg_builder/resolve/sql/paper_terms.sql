-- By paper: its topics, the models, benchmarks and methods that its text names, and the longer words of its titles.
SELECT paper, array_sort(array_agg(DISTINCT term)) AS terms
FROM (
    SELECT paper, 'topic ' || id AS term FROM topic_of
    UNION ALL
    SELECT r.paper, n.label || ' ' || n.id
    FROM entity e
    JOIN entity_name n ON n.label = e.label AND n.name = e.name
    JOIN ranked r USING (source, document)
    WHERE e.label IN ('Model', 'Benchmark', 'Method')
    UNION ALL
    SELECT paper, lower(word)
    FROM (SELECT paper, explode(regexp_extract_all(title, '[0-9A-Za-z_]{4,}', 0)) AS word FROM ranked) AS titled
) AS named
GROUP BY paper
