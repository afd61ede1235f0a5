-- Signatures of persons, all of a paper together, its best source first.
SELECT s.source, s.document, s.position, s.name, r.paper,
    coalesce(s.ids, []) AS ids, coalesce(s.affiliations, []) AS affiliations
FROM signature s
JOIN ranked r USING (source, document)
WHERE s.kind = 'person'
ORDER BY r.paper, r.rank, s.position
