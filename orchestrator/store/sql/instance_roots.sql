-- The instance at the top of the calls that led to each of :keys.
WITH RECURSIVE above AS (
    SELECT key AS called, key, parent_key FROM process_instance
    WHERE tenant_id = ANY(:tenants) AND key = ANY(CAST(:keys AS bigint[]))
    UNION ALL
    SELECT above.called, caller.key, caller.parent_key
    FROM above JOIN process_instance caller ON caller.key = above.parent_key
)
SELECT called, key AS root FROM above WHERE parent_key IS NULL
