-- The newest version of a process that is not deleted, or :version of it.
SELECT key FROM process_definition
WHERE tenant_id = :tenant_id AND process_id = :process_id
  AND deleted_at IS NULL AND version = coalesce(CAST(:version AS int), version)
ORDER BY version DESC
LIMIT 1
