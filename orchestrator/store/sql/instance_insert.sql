-- Begins an instance, unless its business key has one, or its correlation key a live one.
INSERT INTO process_instance
    (key, tenant_id, definition_key, process_id, version, business_key, correlation_key,
     parent_key, parent_element_key, depth, state, started_at)
VALUES
    (:key, :tenant_id, :definition_key, :process_id, :version, :business_key, :correlation_key,
     :parent_key, :parent_element_key, :depth, 'ACTIVE', :now)
ON CONFLICT DO NOTHING
RETURNING *
