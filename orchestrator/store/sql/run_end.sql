-- Ends a run, if it is live: that is not asked for, lest all live runs are looked through.
UPDATE run SET
    ended_at = coalesce(ended_at, :now),
    outcome = CASE WHEN ended_at IS NULL THEN :outcome ELSE outcome END,
    exit_code = CASE WHEN ended_at IS NULL THEN :exit_code ELSE exit_code END
WHERE tenant_id = :tenant_id AND key = :key
