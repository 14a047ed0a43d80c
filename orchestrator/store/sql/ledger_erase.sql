-- What the lines of :streams say. Who did what kind of thing and when stays, and so does the chain,
-- which covers the digest of the data.
UPDATE ledger_event SET data = NULL
WHERE tenant_id = :tenant_id AND stream = ANY(:streams) AND data IS NOT NULL
