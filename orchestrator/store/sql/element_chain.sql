-- A live element of an instance and the scopes around it, outwards, each with its variables:
-- all that most commands need, in one statement. Whether it is live is asked of the element
-- found: the index of all that live is small when the plan is made, and large when it is used.
WITH RECURSIVE found AS MATERIALIZED (
    SELECT key, scope_key, element_id, data, state FROM element_instance
    WHERE tenant_id = :tenant_id AND instance_key = :instance_key AND key = :key
), chain AS (
    SELECT key, scope_key, element_id, data FROM found WHERE state = 'ACTIVE'
    UNION ALL
    SELECT outer_.key, outer_.scope_key, outer_.element_id, outer_.data
    FROM chain JOIN element_instance outer_ ON outer_.key = chain.scope_key
)
SELECT chain.*, (
    SELECT jsonb_object_agg(name, value -> 'v') FROM variable WHERE variable.scope_key = chain.key
) AS variables
FROM chain
