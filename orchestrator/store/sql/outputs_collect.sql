-- Adds to the output collections of live multi-instance activities.
INSERT INTO loop_output (body_key, index, tenant_id, value)
SELECT body_key, index, :tenant_id, value
FROM json_to_recordset(:rows) AS line (body_key bigint, index int, value jsonb)
