-- Gives the agent's live runs new deadlines and says where each of the asked runs stands.
WITH asked AS (
    SELECT key, lease_seconds FROM run
    WHERE tenant_id = :tenant_id AND agent_key = :agent_key AND ended_at IS NULL
      AND key = ANY(CAST(:run_keys AS bigint[]))
), extended AS (
    UPDATE work_item
    SET lease_deadline = CAST(:now AS timestamptz) + make_interval(secs => asked.lease_seconds)
    FROM asked
    WHERE work_item.run_key = asked.key AND state = 'LEASED'
    RETURNING work_item.run_key, lease_deadline
)
SELECT asked.key AS run_key,
       coalesce(extended.lease_deadline,
                CAST(:now AS timestamptz) + make_interval(secs => asked.lease_seconds)) AS deadline,
       extended.run_key IS NULL AND EXISTS (
           SELECT FROM attempt WHERE attempt.run_key = asked.key AND outcome = 'CANCELLED'
       ) AS cancelled
FROM asked LEFT JOIN extended ON extended.run_key = asked.key
