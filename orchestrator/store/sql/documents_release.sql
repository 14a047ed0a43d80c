-- Of the files :digests that runs left behind, delete those that were first stored :since and that
-- nothing names any more.
UPDATE document SET deleted_at = :now
WHERE tenant_id = :tenant_id AND digest = ANY(:digests) AND created_at >= :since
    AND NOT EXISTS (
        SELECT FROM run_artifact other
        WHERE other.tenant_id = :tenant_id AND other.digest = document.digest
    )
    AND NOT EXISTS (
        SELECT FROM work_file other
        WHERE other.tenant_id = :tenant_id AND other.digest = document.digest
    )
