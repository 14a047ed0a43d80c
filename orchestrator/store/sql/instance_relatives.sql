-- The process instance :key, those that led to it by calls, and those that it led to.
WITH RECURSIVE above AS (
    SELECT key, parent_key FROM process_instance WHERE tenant_id = :tenant_id AND key = :key
    UNION ALL
    SELECT caller.key, caller.parent_key
    FROM above JOIN process_instance caller ON caller.key = above.parent_key
), below AS (
    SELECT key FROM process_instance WHERE tenant_id = :tenant_id AND key = :key
    UNION ALL
    SELECT called.key FROM below JOIN process_instance called ON called.parent_key = below.key
)
SELECT key FROM above UNION SELECT key FROM below
