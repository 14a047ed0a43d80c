-- Sets variables of an instance's scopes; one that is known keeps its key.
INSERT INTO variable (scope_key, name, key, tenant_id, instance_key, value)
SELECT scope_key, name, key, :tenant_id, :instance_key, value
FROM json_to_recordset(:rows) AS line (scope_key bigint, name text, key bigint, value jsonb)
ON CONFLICT (scope_key, name) DO UPDATE SET value = excluded.value
