-- Inserts the elements that began in one command, with their state at its end.
INSERT INTO element_instance
    (key, tenant_id, instance_key, scope_key, element_id, element_type, state, data,
     started_at, ended_at)
SELECT key, :tenant_id, :instance_key, scope_key, element_id, element_type, state, data,
       :now, CASE WHEN state <> 'ACTIVE' THEN CAST(:now AS timestamptz) END
FROM json_to_recordset(:rows) AS line (
    key bigint, scope_key bigint, element_id text, element_type text, state text, data jsonb
)
