-- A live element of an instance and the scopes around it, outwards, each with its variables:
-- all that most commands need, in one statement.
WITH RECURSIVE chain AS (
    SELECT key, scope_key, element_id, data FROM element_instance
    WHERE tenant_id = :tenant_id AND instance_key = :instance_key AND key = :key
      AND state = 'ACTIVE'
    UNION ALL
    SELECT outer_.key, outer_.scope_key, outer_.element_id, outer_.data
    FROM chain JOIN element_instance outer_ ON outer_.key = chain.scope_key
)
SELECT chain.*, (
    SELECT jsonb_object_agg(name, value -> 'v') FROM variable WHERE variable.scope_key = chain.key
) AS variables
FROM chain
