-- What the papers of each community name more than those of the others: Dunning's log-likelihood ratio (1993,
-- Computational Linguistics 19(1)). Table community (author, community); a paper belongs to the community that most
-- of its authors are of, the smaller number where two have as many.
WITH home AS (
    SELECT paper, arg_max(community, (authors, -community)) AS community
    FROM (
        SELECT s.paper, c.community, count(*) AS authors
        FROM signed s JOIN team t USING (paper) JOIN community c USING (author)
        GROUP BY s.paper, c.community
    )
    GROUP BY paper
),
named AS (
    SELECT DISTINCT h.paper, h.community, m.label, m.id
    FROM home h
    JOIN paper p ON p.number = h.paper
    JOIN (
        SELECT start_id AS paper, end_label AS label, end_id AS id FROM relationships."MENTIONS"
        WHERE end_label IN ('Model', 'Benchmark', 'Method')
        UNION ALL
        SELECT start_id, end_label, end_id FROM relationships."HAS_TOPIC"
    ) m ON m.paper = p.id
),
total AS (SELECT count(*) AS papers FROM home),
size AS (SELECT community, count(*) AS papers FROM home GROUP BY community),
everywhere AS (SELECT label, id, count(*) AS papers FROM named GROUP BY label, id),
here AS (SELECT community, label, id, count(*) AS papers FROM named GROUP BY community, label, id),
cell AS (
    SELECT h.community, h.label, h.id, h.papers,
        h.papers::DOUBLE AS a, (e.papers - h.papers)::DOUBLE AS b,
        (s.papers - h.papers)::DOUBLE AS c, (t.papers - s.papers - e.papers + h.papers)::DOUBLE AS d
    FROM here h
    JOIN everywhere e USING (label, id)
    JOIN size s USING (community)
    CROSS JOIN total t
),
scored AS (
    SELECT *,
        2 * (
            a * ln(a * (a + b + c + d) / ((a + b) * (a + c)))
            + coalesce(b * ln(nullif(b, 0) * (a + b + c + d) / ((a + b) * (b + d))), 0)
            + coalesce(c * ln(nullif(c, 0) * (a + b + c + d) / ((c + d) * (a + c))), 0)
            + coalesce(d * ln(nullif(d, 0) * (a + b + c + d) / ((c + d) * (b + d))), 0)
        ) AS score
    FROM cell
    WHERE a * (b + d) > b * (a + c) OR b + d = 0
)
SELECT s.community, s.label, n.name, s.papers, round(s.score, 6) AS score
FROM scored s
JOIN (
    SELECT 'Model' AS label, id, name FROM nodes."Model"
    UNION ALL SELECT 'Benchmark', id, name FROM nodes."Benchmark"
    UNION ALL SELECT 'Method', id, name FROM nodes."Method"
    UNION ALL SELECT 'Topic', id, name FROM nodes."Topic"
) n ON n.label = s.label AND n.id = s.id
ORDER BY s.community, score DESC, s.papers DESC, n.name, s.label
