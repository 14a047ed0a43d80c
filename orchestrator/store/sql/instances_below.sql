-- The process instance :key and all that it has called, and these in turn.
WITH RECURSIVE below AS (
    SELECT key FROM process_instance WHERE tenant_id = :tenant_id AND key = :key
    UNION ALL
    SELECT called.key
    FROM below
    JOIN element_instance activity
        ON activity.instance_key = below.key AND activity.element_type = 'callActivity'
    JOIN process_instance called ON called.parent_element_key = activity.key
)
SELECT key FROM below
