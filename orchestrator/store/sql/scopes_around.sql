-- The scopes that the element instance :key sees, itself first.
WITH RECURSIVE around AS (
    SELECT key, scope_key, 0 AS distance FROM element_instance
    WHERE tenant_id = :tenant_id AND key = :key
    UNION ALL
    SELECT outer_scope.key, outer_scope.scope_key, around.distance + 1
    FROM around JOIN element_instance outer_scope ON outer_scope.key = around.scope_key
)
SELECT key FROM around ORDER BY distance
