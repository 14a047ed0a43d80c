-- Leases the next item of a live run's queue to that run.
WITH wanted AS (
    SELECT key FROM work_item
    WHERE tenant_id = :tenant_id AND queue = :queue AND state = 'NEW' AND NOT held
      AND (not_before IS NULL OR not_before <= :now)
    ORDER BY priority DESC, key
    LIMIT 1
    FOR UPDATE SKIP LOCKED
), leased AS (
    UPDATE work_item
    SET state = 'LEASED', attempts = attempts + 1, fencing_token = fencing_token + 1,
        run_key = :run_key, lease_deadline = :deadline, updated_at = :now
    FROM wanted
    WHERE work_item.key = wanted.key
    RETURNING work_item.*
), attempted AS (
    INSERT INTO attempt (key, tenant_id, item_key, run_key, number, started_at)
    SELECT :attempt_key, tenant_id, key, run_key, attempts, :now FROM leased
)
SELECT * FROM leased
