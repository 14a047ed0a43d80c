-- An instance goes on as one of another definition.
UPDATE process_instance
SET definition_key = :definition_key, process_id = :process_id, version = :version
WHERE tenant_id = :tenant_id AND key = :key
