SELECT period, p.papers, p.alone, p.mean_size, a.authors, a.new_authors,
    coalesce(t.ties, 0) AS ties, coalesce(t.new_ties, 0) AS new_ties
FROM (
    SELECT period, count(*) AS papers, count(*) FILTER (WHERE size = 1) AS alone,
        round(sum(size) / count(*), 9) AS mean_size
    FROM history GROUP BY period
) p
JOIN (
    SELECT period, count(*) AS authors, count(*) FILTER (WHERE period = first) AS new_authors
    FROM author_period GROUP BY period
) a USING (period)
LEFT JOIN (
    SELECT period, count(*) AS ties, count(*) FILTER (WHERE period = first) AS new_ties
    FROM tie_period GROUP BY period
) t USING (period)
ORDER BY period
