-- Papers, sources, topics and citations. Where sources disagree, the format that ranks first is believed, then the
-- latest date, then the smallest source id; table paper_of (source, document, paper) says which document is which paper.

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
    arg_min(title, rank) AS title,
    arg_min(arxiv_id, rank) AS arxiv_id,
    arg_min(doi, rank) AS doi,
    nullif(list_sort(list_distinct(flatten(list(coalesce(external_ids, []))))), []) AS external_ids,
    arg_min(url, rank) AS url,
    max(votes) AS votes,
    min(date) AS date,
    arg_min(published, rank) AS published,
    arg_min(venue, rank) AS venue,
    bool_or(authors_complete) AS authors_complete
FROM ranked
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
SELECT DISTINCT r.paper, t.topic, n.id
FROM ranked r, unnest(r.topics) AS t(topic)
JOIN topic_id n USING (topic);

INSERT INTO nodes."Topic" BY NAME
SELECT id, min(topic) AS name FROM topic_of GROUP BY id;

INSERT INTO relationships."HAS_TOPIC" BY NAME
SELECT DISTINCT 'Paper' AS start_label, paper AS start_id, 'Topic' AS end_label, id AS end_id FROM topic_of;

-- Only papers that some source tells of are nodes: a citation to any other is not kept in the graph.
INSERT INTO relationships."CITES" BY NAME
SELECT DISTINCT 'Paper' AS start_label, r.paper AS start_id, 'Paper' AS end_label, k.paper AS end_id
FROM ranked r, unnest(r.cites) AS c(cited)
JOIN paper_key k ON k.key = c.cited
WHERE k.paper <> r.paper;
