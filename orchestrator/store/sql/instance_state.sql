-- Brings an instance into a state.
UPDATE process_instance
SET state = :state, suspended_at = :suspended_at, ended_at = :ended_at
WHERE tenant_id = :tenant_id AND key = :key
