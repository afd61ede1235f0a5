-- By paper: its topics, the models, benchmarks and methods that its text names, and the longer words of its titles.
SELECT paper, list_sort(list_distinct(list(term))) AS terms
FROM (
    SELECT paper, 'topic ' || id AS term FROM topic_of
    UNION ALL
    SELECT r.paper, n.label || ' ' || n.id
    FROM entity e
    JOIN entity_name n ON n.label = e.label AND n.name = e.name
    JOIN ranked r USING (source, document)
    WHERE e.label IN ('Model', 'Benchmark', 'Method')
    UNION ALL
    SELECT paper, unnest(regexp_extract_all(lower(title), '\w{4,}')) FROM ranked
)
GROUP BY paper
