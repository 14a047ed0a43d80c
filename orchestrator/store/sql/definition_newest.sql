-- The newest version of a process, or :version of it.
SELECT key FROM process_definition
WHERE tenant_id = :tenant_id AND process_id = :process_id
  AND version = coalesce(CAST(:version AS int), version)
ORDER BY version DESC
LIMIT 1
