-- Puts items into their queues, but none whose reference its queue has already.
INSERT INTO work_item
    (key, tenant_id, queue, state, held, priority, reference, payload, headers, due_at, not_before,
     attempts, max_attempts, fencing_token, instance_key, element_key, element_id,
     created_at, updated_at)
SELECT key, :tenant_id, queue, 'NEW', held, priority, reference, payload, headers, due_at,
       not_before, 0, max_attempts, 0, instance_key, element_key, element_id, :now, :now
FROM json_to_recordset(:rows) AS line (
    key bigint, queue text, held boolean, priority int, reference text, payload jsonb,
    headers jsonb, due_at timestamptz, not_before timestamptz, max_attempts int,
    instance_key bigint, element_key bigint, element_id text
)
ON CONFLICT DO NOTHING
RETURNING key
