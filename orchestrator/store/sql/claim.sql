-- Leases up to :maximum items of several queues, highest priority first, then oldest; each gets
-- its own new run and attempt, of :made. Each queue is read in the order of the index
-- work_item_claim. What decides how many rows there are comes through (SELECT ...): the planner,
-- who must not see it, would plan each time anew, which takes longer than to run the plan.
WITH made AS (
    SELECT * FROM json_to_recordset(:made) AS line (
        place bigint, run_key bigint, attempt_key bigint, digest text
    )
), wanted AS (
    SELECT candidate.key, row_number() OVER (ORDER BY candidate.priority DESC, candidate.key) AS place
    FROM unnest((SELECT CAST(:queues AS text[]))) AS queue (name)
    CROSS JOIN LATERAL (
        SELECT key, priority FROM work_item
        WHERE tenant_id = :tenant_id AND queue = queue.name AND state = 'NEW' AND NOT held
          AND (not_before IS NULL OR not_before <= :now)
        ORDER BY priority DESC, key
        LIMIT (SELECT CAST(:maximum AS bigint))
        FOR UPDATE SKIP LOCKED
    ) AS candidate
    ORDER BY place
    LIMIT (SELECT CAST(:maximum AS bigint))
), leased AS (
    UPDATE work_item
    SET state = 'LEASED', attempts = attempts + 1, fencing_token = fencing_token + 1,
        run_key = made.run_key, lease_deadline = :deadline, updated_at = :now
    FROM wanted JOIN made USING (place)
    WHERE work_item.key = wanted.key
    RETURNING work_item.*
), attempted AS (
    INSERT INTO attempt (key, tenant_id, item_key, run_key, number, started_at)
    SELECT attempt_key, tenant_id, key, run_key, attempts, :now
    FROM leased JOIN made USING (run_key)
), started AS (
    INSERT INTO run (key, tenant_id, item_key, agent_key, queue, token_digest, lease_seconds, started_at)
    SELECT run_key, tenant_id, key, :agent_key, queue, digest, :lease_seconds, :now
    FROM leased JOIN made USING (run_key)
)
SELECT * FROM leased ORDER BY priority DESC, key
