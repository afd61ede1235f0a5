-- Signatures of persons, all of a paper together, its best source first.
SELECT s.source, s.document, s.position, s.name, r.paper,
    s.ids, s.affiliations,
    try_cast(left(coalesce(p.published, p.date), 4) AS INTEGER) AS year
FROM signature s
JOIN ranked r USING (source, document)
JOIN nodes."Paper" p ON p.id = r.paper
WHERE s.kind = 'person'
ORDER BY r.paper, r.rank, s.position
