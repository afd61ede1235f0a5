-- Papers, sources, topics and citations. Where sources disagree, the format that ranks first is believed, then the
-- latest date, then the smallest source id. Table document_key (source, document, keys, first_key, count) says by which
-- ids a document knows its paper, joined_key (key, paper) which paper an id means that parts of the corpus share.

CREATE OR REPLACE TEMP TABLE paper_of AS
SELECT d.source, d.document, coalesce(j.paper, d.first_key) AS paper
FROM document_key d
LEFT JOIN joined_key j ON j.key = d.first_key;

CREATE OR REPLACE TEMP TABLE ranked AS
SELECT
    d.*, p.paper, s.format,
    row_number() OVER (
        PARTITION BY p.paper
        ORDER BY f.rank, coalesce(d.date, s.date) DESC NULLS LAST, d.source, d.document
    ) AS rank
FROM document d
JOIN paper_of p USING (source, document)
JOIN source s USING (source)
JOIN format_rank f USING (format);

INSERT INTO nodes."Paper" BY NAME
SELECT
    paper AS id,
    min_by(title, rank) FILTER (WHERE title IS NOT NULL) AS title,
    min_by(arxiv_id, rank) FILTER (WHERE arxiv_id IS NOT NULL) AS arxiv_id,
    min_by(doi, rank) FILTER (WHERE doi IS NOT NULL) AS doi,
    any_value(e.external_ids) AS external_ids,
    min_by(url, rank) FILTER (WHERE url IS NOT NULL) AS url,
    max(votes) AS votes,
    min(date) AS date,
    min_by(published, rank) FILTER (WHERE published IS NOT NULL) AS published,
    min_by(venue, rank) FILTER (WHERE venue IS NOT NULL) AS venue,
    bool_or(authors_complete) AS authors_complete
FROM ranked r
LEFT JOIN (
    SELECT paper, array_sort(array_agg(DISTINCT id)) AS external_ids
    FROM (SELECT paper, explode(external_ids) AS id FROM ranked) AS known
    GROUP BY paper
) AS e USING (paper)
GROUP BY paper;

INSERT INTO nodes."Source" BY NAME
SELECT source AS id, format, location, sha256, date, reader FROM source;

INSERT INTO relationships."LISTED_IN" BY NAME
SELECT
    'Paper' AS start_label, paper AS start_id, 'Source' AS end_label, source AS end_id,
    max(votes) AS votes, min(date) AS date
FROM ranked
GROUP BY paper, source;

CREATE OR REPLACE TEMP TABLE topic_of AS
SELECT DISTINCT r.paper, n.topic, n.id
FROM (SELECT paper, explode(topics) AS topic FROM ranked) AS r
JOIN topic_id n USING (topic);

INSERT INTO nodes."Topic" BY NAME
SELECT id, min(topic) AS name FROM topic_of GROUP BY id;

INSERT INTO relationships."HAS_TOPIC" BY NAME
SELECT DISTINCT 'Paper' AS start_label, paper AS start_id, 'Topic' AS end_label, id AS end_id FROM topic_of;

-- Only papers that some source tells of are nodes: a citation to any other is not kept in the graph.
INSERT INTO relationships."CITES" BY NAME
SELECT DISTINCT
    'Paper' AS start_label, c.paper AS start_id, 'Paper' AS end_label, coalesce(j.paper, k.first_key) AS end_id
FROM (SELECT paper, explode(cites) AS key FROM ranked) AS c
JOIN (
    SELECT key, min(first_key) AS first_key
    FROM (SELECT explode(keys) AS key, first_key FROM document_key) AS known
    GROUP BY key
) AS k USING (key)
LEFT JOIN joined_key j ON j.key = k.first_key
WHERE coalesce(j.paper, k.first_key) <> c.paper;
