-- Who gets a signal of :signal, by the kind of their delivery: subscriptions of definitions (start)
-- and of instances that run (deliver), and suspended instances (receive) that have one or keep
-- something that may bring them to one.
SELECT CASE WHEN waits.instance_key IS NULL THEN 'start' ELSE 'deliver' END AS kind, waits.key
FROM subscription waits
LEFT JOIN process_instance instance ON instance.key = waits.instance_key
WHERE waits.tenant_id = :tenant_id AND waits.kind = 'signal' AND waits.name = :signal
    AND instance.suspended_at IS NULL
UNION ALL
SELECT 'receive', instance.key
FROM process_instance instance
JOIN element_instance process ON process.key = instance.key
WHERE instance.tenant_id = :tenant_id AND instance.suspended_at IS NOT NULL
    AND (
        jsonb_array_length(process.data #> '{data,kept}') > 0
        OR EXISTS (
            SELECT FROM subscription waits
            WHERE waits.tenant_id = :tenant_id AND waits.kind = 'signal' AND waits.name = :signal
                AND waits.instance_key = instance.key
        )
    )
