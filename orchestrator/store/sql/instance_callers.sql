-- The process instances that led to :key by calls, the first caller first, and itself.
WITH RECURSIVE above AS (
    SELECT key, definition_key, parent_key, depth FROM process_instance
    WHERE tenant_id = :tenant_id AND key = :key
    UNION ALL
    SELECT caller.key, caller.definition_key, caller.parent_key, caller.depth
    FROM above JOIN process_instance caller ON caller.key = above.parent_key
)
SELECT above.key, above.definition_key, definition.name, definition.process_id
FROM above JOIN process_definition definition ON definition.key = above.definition_key
ORDER BY above.depth
