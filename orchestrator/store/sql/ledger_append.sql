-- Appends one line to each of several streams, and sends each of :payloads to who listens once the
-- transaction has committed. The head of a stream is found by the primary key, which also refuses
-- a second line with the same number. The hash is ledger.chain.link in SQL.
WITH appended AS (
    INSERT INTO ledger_event
        (tenant_id, stream, number, time, actor, kind, data, data_digest, previous_hash, hash)
    SELECT line.tenant_id, line.stream, place.number, :now, line.actor, line.kind,
           CAST(line.data AS jsonb), decode(line.data_digest, 'hex'), place.previous_hash,
           sha256(place.previous_hash || int8send(place.number) || decode(line.digest, 'hex'))
    FROM json_to_recordset(:lines) AS line (
        tenant_id text, stream text, actor text, kind text, data text, data_digest text, digest text
    )
    LEFT JOIN LATERAL (
        SELECT number, hash FROM ledger_event
        WHERE tenant_id = line.tenant_id AND stream = line.stream
        ORDER BY number DESC LIMIT 1
    ) AS head ON true
    CROSS JOIN LATERAL (
        SELECT coalesce(head.number, 0) + 1, coalesce(head.hash, CAST(:genesis AS bytea))
    ) AS place (number, previous_hash)
)
SELECT pg_notify(:channel, CAST(payload AS text)) FROM json_array_elements(:payloads) AS payload
