-- Ids by which documents know a paper, one row a set of several, where another document knows one of them among others
-- or alone. All other documents are papers of their own, whatever their number.
SELECT DISTINCT d.keys
FROM (SELECT keys, explode(keys) AS key FROM document_key WHERE count > 1) AS d
JOIN (
    SELECT key
    FROM (SELECT explode(keys) AS key FROM (SELECT DISTINCT keys FROM document_key) AS sets) AS known
    GROUP BY key
    HAVING count(*) > 1
) AS shared USING (key)
