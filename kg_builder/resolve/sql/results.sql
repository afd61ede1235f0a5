-- Results. One claim told twice, in two languages say, is one Result where paper, value, unit, benchmarks and metrics
-- agree; claims of one document that agree in these are told apart by their place among each other.

CREATE OR REPLACE TEMP TABLE result_end AS
SELECT r.source, r.document, r.result, end_type.type, e.label, e.id
FROM result r,
    LATERAL (VALUES
        ('OF', r.subjects), ('ON', r.benchmarks), ('AGAINST', r.baselines), ('MEASURES', r.metrics)
    ) AS end_type(type, ends),
    LATERAL unnest(end_type.ends) AS t(entity)
JOIN entity_of e ON e.source = r.source AND e.document = r.document AND e.entity = t.entity;

CREATE OR REPLACE TEMP TABLE claim AS
WITH keyed AS (
    SELECT r.*, p.paper, p.rank, p.id AS passage_id,
        to_json([
            r.value::VARCHAR, r.unit,
            (SELECT string_agg(DISTINCT x.id, '|' ORDER BY x.id) FROM result_end x
                WHERE x.type = 'ON' AND (x.source, x.document, x.result) = (r.source, r.document, r.result)),
            (SELECT string_agg(DISTINCT x.id, '|' ORDER BY x.id) FROM result_end x
                WHERE x.type = 'MEASURES' AND (x.source, x.document, x.result) = (r.source, r.document, r.result))
        ])::VARCHAR AS facts
    FROM result r
    JOIN passage_of p USING (source, document, passage)
)
SELECT *,
    paper || '/' || substring(sha256(facts || '#' || row_number() OVER (
        PARTITION BY source, document, facts ORDER BY passage, mention_start, result
    )::VARCHAR), 1, 16) AS id
FROM keyed;

-- As with entities, texts join at the end, once a claim.
CREATE OR REPLACE TEMP TABLE best_claim AS
WITH first AS (
    SELECT *
    FROM claim
    QUALIFY row_number() OVER (
        PARTITION BY id ORDER BY confidence DESC, rank, passage_id, mention_start, "start", extractor, source
    ) = 1
),
counted AS (
    SELECT id, count(DISTINCT (passage_id, mention_start)) AS count, list_sort(list_distinct(list(source))) AS sources
    FROM claim
    GROUP BY id
)
SELECT f.* EXCLUDE (source), c.count, c.sources,
    substring(p.text, f."start" + 1, f."end" - f."start") AS evidence,
    substring(p.text, f.mention_start + 1, f.mention_end - f.mention_start) AS mention
FROM first f
JOIN counted c USING (id)
JOIN nodes."Passage" p ON p.id = f.passage_id;

INSERT INTO nodes."Result" BY NAME
SELECT id, value, from_value, unit, kind, direction, mention AS text FROM best_claim;

INSERT INTO relationships."REPORTS" BY NAME
SELECT
    'Paper' AS start_label, paper AS start_id, 'Result' AS end_label, id AS end_id,
    passage_id AS passage, "start", "end",
    evidence, mention, mention_start, mention_end, confidence, extractor, count, sources
FROM best_claim;

CREATE OR REPLACE TEMP TABLE claim_end AS
SELECT DISTINCT x.type, 'Result' AS start_label, c.id AS start_id, x.label AS end_label, x.id AS end_id
FROM result_end x
JOIN claim c USING (source, document, result);

DROP TABLE best_claim;
DROP TABLE claim;
DROP TABLE result_end;
DROP TABLE passage_of;
