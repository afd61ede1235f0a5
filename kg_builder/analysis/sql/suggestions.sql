-- Pairs without a tie who share co-authors. Scores are summed as whole multiples of 1e-15, as the weights are.
WITH near AS (
    SELECT source AS node, target AS other FROM given_tie
    UNION ALL
    SELECT target, source FROM given_tie
),
degree AS (SELECT node, count(*) AS k FROM near GROUP BY node HAVING count(*) > 1),
shared AS (
    SELECT a.other AS source, b.other AS target, count(*)::INTEGER AS common,
        round(sum(round(1e15 / ln(k))::BIGINT)::DOUBLE / 1e15, 12) AS adamic_adar,
        round(sum(round(1e15 / k)::BIGINT)::DOUBLE / 1e15, 12) AS resource_allocation
    FROM near a
    JOIN near b ON a.node = b.node AND a.other < b.other
    JOIN degree d ON d.node = a.node
    GROUP BY a.other, b.other
)
SELECT * FROM shared ANTI JOIN given_tie USING (source, target)
