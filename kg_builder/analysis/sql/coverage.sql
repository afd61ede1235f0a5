-- What a network counts and what it leaves out. Table chosen: papers in the window; team: those under the cap.
SELECT
    (SELECT count(*) FROM paper) AS papers_in_graph,
    (SELECT count(*) FROM paper WHERE day IS NULL) AS papers_without_date,
    count(*) AS papers_in_window,
    count(*) FILTER (WHERE size = 0) AS papers_without_author,
    count(*) FILTER (WHERE size = 1) AS papers_with_one_author,
    count(*) FILTER (WHERE size <= $cap AND size > 0) AS papers,
    count(*) FILTER (WHERE size <= $cap AND size > 0 AND NOT complete) AS papers_cut_off,
    count(*) FILTER (WHERE size <= $cap AND size > 0 AND day IS NOT NULL AND NOT published) AS papers_by_listing_date,
    count(*) FILTER (WHERE size <= $cap AND size > 0 AND digits = 4) AS papers_dated_by_year,
    count(*) FILTER (WHERE size <= $cap AND size > 0 AND digits = 7) AS papers_dated_by_month,
    coalesce(sum(size) FILTER (WHERE size <= $cap), 0)::BIGINT AS signatures,
    coalesce(sum(size * (size - 1)::BIGINT // 2) FILTER (WHERE size <= $cap), 0)::BIGINT AS pairs,
    coalesce(sum(size) FILTER (WHERE size BETWEEN 2 AND $cap), 0)::BIGINT AS shared_signatures,
    count(*) FILTER (WHERE size BETWEEN 2 AND $cap) AS shared_papers,
    count(*) FILTER (WHERE size > $cap) AS papers_over_cap,
    coalesce(sum(size * (size - 1)::BIGINT // 2) FILTER (WHERE size > $cap), 0)::BIGINT AS pairs_over_cap,
    coalesce(sum(size) FILTER (WHERE size > $cap), 0)::BIGINT AS signatures_over_cap,
    coalesce(max(size), 0) AS largest_paper,
    (
        WITH crowd AS (
            SELECT DISTINCT s.author FROM signed s JOIN chosen c ON c.paper = s.paper AND c.size > $cap
        )
        SELECT count(*) FROM crowd
        WHERE author NOT IN (SELECT s.author FROM signed s SEMI JOIN crowd USING (author) JOIN team USING (paper))
    ) AS authors_over_cap_alone
FROM chosen
