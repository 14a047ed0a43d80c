-- Ends a live run.
UPDATE run SET ended_at = :now, outcome = :outcome, exit_code = :exit_code
WHERE tenant_id = :tenant_id AND key = :key AND ended_at IS NULL
