-- The system of record: what the sources say, and what was found in it. The graph tables are computed from these.
-- Lists that belong to a row stand in the row; texts stand once, in passage.

CREATE TABLE meta (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);

CREATE TABLE source (
    source VARCHAR, location VARCHAR, format VARCHAR, sha256 VARCHAR, date VARCHAR,
    reader VARCHAR, extractor VARCHAR, documents INTEGER, refused INTEGER
);

CREATE TABLE problem (
    source VARCHAR, location VARCHAR, line INTEGER, paper VARCHAR, reason VARCHAR, lost BOOLEAN,
    unread BOOLEAN, -- nothing of the source could be read, and what it said before stays
    extraction BOOLEAN -- extraction failed at the paper; extracting it anew replaces this
);

CREATE TABLE document (
    source VARCHAR, document INTEGER, title VARCHAR, arxiv_id VARCHAR, doi VARCHAR, external_ids VARCHAR[],
    url VARCHAR, votes BIGINT, date VARCHAR, published VARCHAR, venue VARCHAR, authors_complete BOOLEAN,
    topics VARCHAR[], organizations VARCHAR[], cites VARCHAR[], line INTEGER
);

CREATE TABLE signature (
    source VARCHAR, document INTEGER, position INTEGER, name VARCHAR, kind VARCHAR, ids VARCHAR[], affiliations VARCHAR[]
);

CREATE TABLE passage (
    source VARCHAR, document INTEGER, passage INTEGER, section VARCHAR, language VARCHAR, text VARCHAR, text_hash VARCHAR
);

CREATE TABLE entity (
    source VARCHAR, document INTEGER, entity INTEGER, label VARCHAR, name VARCHAR, aliases VARCHAR[], kind VARCHAR
);

CREATE TABLE mention (
    source VARCHAR, document INTEGER, entity INTEGER,
    passage INTEGER, "start" BIGINT, "end" BIGINT, mention_start BIGINT, mention_end BIGINT,
    confidence DOUBLE, extractor VARCHAR
);

CREATE TABLE relation (
    source VARCHAR, document INTEGER, type VARCHAR, subject INTEGER, target INTEGER,
    passage INTEGER, "start" BIGINT, "end" BIGINT, mention_start BIGINT, mention_end BIGINT,
    confidence DOUBLE, extractor VARCHAR
);

CREATE TABLE result (
    source VARCHAR, document INTEGER, result INTEGER, value DOUBLE, from_value DOUBLE, unit VARCHAR,
    kind VARCHAR, direction VARCHAR,
    subjects INTEGER[], benchmarks INTEGER[], baselines INTEGER[], metrics INTEGER[],
    passage INTEGER, "start" BIGINT, "end" BIGINT, mention_start BIGINT, mention_end BIGINT,
    confidence DOUBLE, extractor VARCHAR
);

-- What the user decided on names, in the order of deciding; and the merges that the last computation made, with reasons.

CREATE TABLE decision (number INTEGER, label VARCHAR, alias VARCHAR, name VARCHAR, same BOOLEAN);

CREATE TABLE merge (label VARCHAR, id VARCHAR, name VARCHAR, alias VARCHAR, reason VARCHAR, example VARCHAR);
