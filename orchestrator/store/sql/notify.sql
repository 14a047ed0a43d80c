-- Sends each of :payloads to who listens, once the transaction has committed.
SELECT pg_notify(:channel, payload) FROM unnest(CAST(:payloads AS text[])) AS payload
