-- The instance, which nobody else changes before this transaction ends.
SELECT * FROM process_instance WHERE tenant_id = :tenant_id AND key = :key FOR UPDATE
