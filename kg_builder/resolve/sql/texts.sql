-- Passages: one a paper, section and text, however many sources print it.

CREATE OR REPLACE TEMP TABLE passage_of AS
SELECT p.source, p.document, p.passage, r.paper, r.rank,
    r.paper || '/' || p.section || '/' || p.text_hash AS id,
    p.section, p.language, p.text
FROM passage p
JOIN ranked r USING (source, document);

INSERT INTO nodes."Passage" BY NAME
SELECT
    id,
    any_value(section) AS section,
    min(language) AS language,
    any_value(text) AS text,
    min_by(passage, (rank, passage)) AS position,
    array_sort(array_agg(DISTINCT source)) AS sources
FROM passage_of
GROUP BY id;

INSERT INTO relationships."HAS_PASSAGE" BY NAME
SELECT DISTINCT 'Paper' AS start_label, paper AS start_id, 'Passage' AS end_label, id AS end_id FROM passage_of;
