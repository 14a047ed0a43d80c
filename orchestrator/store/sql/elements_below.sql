-- The live element instance :key and the live ones within it, also in what it has called.
WITH RECURSIVE below AS (
    SELECT key FROM element_instance WHERE tenant_id = :tenant_id AND key = :key
    UNION ALL
    SELECT inner_element.key
    FROM below
    CROSS JOIN LATERAL (
        SELECT key FROM element_instance
        WHERE scope_key = below.key AND state = 'ACTIVE'
        UNION ALL
        SELECT key FROM process_instance WHERE parent_element_key = below.key
    ) inner_element
)
SELECT key FROM below
