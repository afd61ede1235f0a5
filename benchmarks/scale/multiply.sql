-- The records of a workspace `seed`, as if there were $copies times as many papers. What only one paper names (a name
-- that it coined, an author) is another name in every copy, so that vocabularies grow with the corpus; what several
-- papers name stays one name, so that the common names grow more common, as they do.

CREATE TEMP TABLE copy AS SELECT k::INTEGER AS k, translate(k::VARCHAR, '0123456789', 'abcdefghij') AS letters FROM range($copies) t(k);

CREATE TEMP TABLE coined AS
SELECT label, name FROM seed.entity GROUP BY ALL HAVING count(DISTINCT (source, document)) = 1;

CREATE TEMP TABLE rare AS
SELECT name FROM seed.signature GROUP BY ALL HAVING count(DISTINCT (source, document)) = 1;

INSERT INTO source BY NAME
SELECT source || '-' || letters AS source, location || '-' || letters AS location, * EXCLUDE (source, location, k, letters)
FROM seed.source, copy;

-- Ids with letters behind them, which no source gives.
INSERT INTO document BY NAME
SELECT source || '-' || letters AS source,
    arxiv_id || letters AS arxiv_id,
    doi || letters AS doi,
    list_transform(external_ids, lambda x: x || letters) AS external_ids,
    list_transform(cites, lambda x: x || letters) AS cites,
    title || ' ' || letters AS title,
    * EXCLUDE (source, arxiv_id, doi, external_ids, cites, title, k, letters)
FROM seed.document, copy;

INSERT INTO signature BY NAME
SELECT source || '-' || letters AS source,
    CASE WHEN is_rare THEN name || letters ELSE name END AS name,
    CASE WHEN is_rare THEN list_transform(ids, lambda x: x || letters) ELSE ids END AS ids,
    * EXCLUDE (source, name, ids, k, letters, is_rare)
FROM (SELECT s.*, r.name IS NOT NULL AS is_rare FROM seed.signature s LEFT JOIN rare r USING (name)) AS s
CROSS JOIN copy;

INSERT INTO passage BY NAME SELECT source || '-' || letters AS source, * EXCLUDE (source, k, letters) FROM seed.passage, copy;

INSERT INTO entity BY NAME
SELECT source || '-' || letters AS source,
    CASE WHEN is_coined THEN name || letters ELSE name END AS name,
    CASE WHEN is_coined THEN list_transform(aliases, lambda x: x || letters) ELSE aliases END AS aliases,
    * EXCLUDE (source, name, aliases, k, letters, is_coined)
FROM (
    SELECT e.*, c.name IS NOT NULL AS is_coined FROM seed.entity e LEFT JOIN coined c USING (label, name)
) AS e
CROSS JOIN copy;

INSERT INTO mention BY NAME SELECT source || '-' || letters AS source, * EXCLUDE (source, k, letters) FROM seed.mention, copy;
INSERT INTO relation BY NAME SELECT source || '-' || letters AS source, * EXCLUDE (source, k, letters) FROM seed.relation, copy;
INSERT INTO result BY NAME SELECT source || '-' || letters AS source, * EXCLUDE (source, k, letters) FROM seed.result, copy;
