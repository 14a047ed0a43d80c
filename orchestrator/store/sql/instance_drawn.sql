-- The lot has decided whether the instance gets a second look.
UPDATE process_instance SET drawn_at = :now WHERE tenant_id = :tenant_id AND key = :key
