-- How much of a network rests on authors of whom only the name is known.
SELECT
    (SELECT count(*) FROM member) AS authors,
    (SELECT count(*) FROM member m JOIN author a ON a.number = m.author WHERE a.identity = 'name') AS authors_by_name,
    (
        SELECT coalesce(sum(m.papers), 0)::BIGINT FROM member m JOIN author a ON a.number = m.author
        WHERE a.identity = 'name'
    ) AS signatures_by_name,
    count(*) AS ties,
    count(*) FILTER (WHERE a.identity = 'name' OR b.identity = 'name') AS ties_by_name
FROM tie t
JOIN member ma ON ma.node = t.source
JOIN author a ON a.number = ma.author
JOIN member mb ON mb.node = t.target
JOIN author b ON b.number = mb.author
