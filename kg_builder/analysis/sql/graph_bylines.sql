-- The people who signed papers, from the graph's own tables.
CREATE OR REPLACE TEMP VIEW given_author AS SELECT id, name, identity FROM nodes."Author";

CREATE OR REPLACE TEMP VIEW given_paper AS
SELECT id, title, coalesce(published, date) AS date, published IS NOT NULL AS published,
    authors_complete AS complete
FROM nodes."Paper";

CREATE OR REPLACE TEMP VIEW given_signature AS
SELECT end_id AS paper, start_id AS author FROM relationships."AUTHORED" WHERE start_label = 'Author';
