-- Gives an instance its business key.
UPDATE process_instance SET business_key = :business_key
WHERE tenant_id = :tenant_id AND key = :key
