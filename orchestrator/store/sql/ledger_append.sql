-- Appends one line to each of several streams. The head of each is found by the primary key,
-- which also refuses a second line with the same number. The hash is ledger.chain.link in SQL.
INSERT INTO ledger_event
    (tenant_id, stream, number, time, actor, kind, data, data_digest, previous_hash, hash)
SELECT :tenant_id, line.stream, place.number, :now, :actor, line.kind, CAST(line.data AS jsonb),
       line.data_digest, place.previous_hash,
       sha256(place.previous_hash || int8send(place.number) || line.digest)
FROM unnest(
         CAST(:streams AS text[]), CAST(:kinds AS text[]), CAST(:data AS text[]),
         CAST(:data_digests AS bytea[]), CAST(:digests AS bytea[])
     ) AS line (stream, kind, data, data_digest, digest)
LEFT JOIN LATERAL (
    SELECT number, hash FROM ledger_event
    WHERE tenant_id = :tenant_id AND stream = line.stream
    ORDER BY number DESC LIMIT 1
) AS head ON true
CROSS JOIN LATERAL (
    SELECT coalesce(head.number, 0) + 1, coalesce(head.hash, CAST(:genesis AS bytea))
) AS place (number, previous_hash)
RETURNING stream, number, previous_hash, hash
