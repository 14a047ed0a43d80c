-- The live elements directly in a scope, each with its variables.
SELECT child.key, child.scope_key, child.element_id, child.data, (
    SELECT jsonb_object_agg(name, value -> 'v') FROM variable WHERE variable.scope_key = child.key
) AS variables
FROM element_instance child
WHERE child.tenant_id = :tenant_id AND child.instance_key = :instance_key
  AND child.scope_key = :key AND child.state = 'ACTIVE'
ORDER BY child.key
