-- Extracted relationships that the schema does not allow; table allowed (type, start_label, end_label) says what it does.
SELECT misfit, count(*) AS count
FROM (
    SELECT f.type || ' ' || f.start_label || ' to ' || f.end_label AS misfit
    FROM (
        SELECT type, start_label, end_label FROM best
        UNION ALL
        SELECT type, start_label, end_label FROM claim_end
    ) AS f
    LEFT JOIN allowed a ON a.type = f.type AND a.start_label = f.start_label AND a.end_label = f.end_label
    WHERE a.type IS NULL
) AS left_over
GROUP BY misfit
ORDER BY misfit
