-- A span of the documents of one source, each with its author list and its passages.
SELECT
    d.*,
    coalesce(s.signature, []) AS signature,
    coalesce(p.passage, []) AS passage,
    []::STRUCT(line INTEGER, paper VARCHAR, reason VARCHAR, lost BOOLEAN)[] AS problem
FROM document d
LEFT JOIN (
    SELECT document, list(
        {position: position, name: name, kind: kind, ids: ids, affiliations: affiliations} ORDER BY position
    ) AS signature
    FROM signature
    WHERE source = $source AND document BETWEEN $first AND $last
    GROUP BY document
) s USING (document)
LEFT JOIN (
    SELECT document, list(
        {passage: passage, section: section, language: language, "text": "text", text_hash: text_hash}
        ORDER BY passage
    ) AS passage
    FROM passage
    WHERE source = $source AND document BETWEEN $first AND $last
    GROUP BY document
) p USING (document)
WHERE d.source = $source AND d.document BETWEEN $first AND $last
ORDER BY d.document
