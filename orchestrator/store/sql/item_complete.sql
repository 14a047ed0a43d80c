-- Completes an item and its running attempt, if :run_key holds it; no row when it does not.
WITH completed AS (
    UPDATE work_item
    SET state = 'DONE', output = :output, exception = NULL, lease_deadline = NULL,
        updated_at = :now
    WHERE tenant_id = :tenant_id AND key = :key AND state = 'LEASED' AND run_key = :run_key
    RETURNING *
), ended AS (
    UPDATE attempt SET ended_at = :now, outcome = 'COMPLETED'
    FROM completed
    WHERE attempt.item_key = completed.key AND attempt.number = completed.attempts
      AND attempt.ended_at IS NULL
)
SELECT completed.*, EXISTS (
    SELECT FROM work_item AS made WHERE made.parent_key = completed.key
) AS has_outputs
FROM completed
