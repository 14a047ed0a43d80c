-- Leases up to :maximum items of several queues, highest priority first, then oldest; each gets
-- its own new run and attempt. Each queue is read in the order of the index work_item_claim.
WITH wanted AS (
    SELECT candidate.key, row_number() OVER (ORDER BY candidate.priority DESC, candidate.key) AS place
    FROM unnest(CAST(:queues AS text[])) AS queue (name)
    CROSS JOIN LATERAL (
        SELECT key, priority FROM work_item
        WHERE tenant_id = :tenant_id AND queue = queue.name AND state = 'NEW' AND NOT held
          AND (not_before IS NULL OR not_before <= :now)
        ORDER BY priority DESC, key
        LIMIT :maximum
        FOR UPDATE SKIP LOCKED
    ) AS candidate
    ORDER BY place
    LIMIT :maximum
), leased AS (
    UPDATE work_item
    SET state = 'LEASED', attempts = attempts + 1, fencing_token = fencing_token + 1,
        run_key = made.run_key, lease_deadline = :deadline, updated_at = :now
    FROM wanted
    JOIN unnest(CAST(:run_keys AS bigint[])) WITH ORDINALITY AS made (run_key, place) USING (place)
    WHERE work_item.key = wanted.key
    RETURNING work_item.*
), attempted AS (
    INSERT INTO attempt (key, tenant_id, item_key, run_key, number, started_at)
    SELECT made.key, tenant_id, leased.key, run_key, attempts, :now
    FROM leased
    JOIN unnest(CAST(:run_keys AS bigint[]), CAST(:attempt_keys AS bigint[])) AS made (run_key, key)
    USING (run_key)
), started AS (
    INSERT INTO run (key, tenant_id, item_key, agent_key, queue, token_digest, lease_seconds, started_at)
    SELECT run_key, tenant_id, leased.key, :agent_key, queue, made.digest, :lease_seconds, :now
    FROM leased
    JOIN unnest(CAST(:run_keys AS bigint[]), CAST(:digests AS text[])) AS made (run_key, digest)
    USING (run_key)
)
SELECT * FROM leased ORDER BY priority DESC, key
