-- What of the tenant uses the document :digest, one of its users: those found by an index first.
-- Of a file of a work item, the process instance that the item (or the one it was made of) is of.
SELECT
    CASE WHEN owner.key IS NULL THEN 'work item' ELSE 'process instance' END AS what,
    coalesce(owner.key, item.key) AS key
FROM work_file file
JOIN work_item item ON item.key = file.item_key
LEFT JOIN work_item parent ON parent.key = item.parent_key
LEFT JOIN process_instance owner ON owner.key = coalesce(item.instance_key, parent.instance_key)
WHERE file.tenant_id = :tenant_id AND file.digest = :digest
UNION ALL
SELECT 'run', run_key FROM run_artifact WHERE tenant_id = :tenant_id AND digest = :digest
UNION ALL
SELECT 'second look', key FROM second_look
WHERE tenant_id = :tenant_id AND document ->> 'documentId' = :digest
UNION ALL
SELECT 'message', key FROM message
WHERE tenant_id = :tenant_id AND position(:digest IN variables::text) > 0
UNION ALL
SELECT 'delivery', key FROM delivery
WHERE tenant_id = :tenant_id AND position(:digest IN payload::text) > 0
UNION ALL
SELECT 'process instance', instance_key FROM variable
WHERE tenant_id = :tenant_id AND position(:digest IN value::text) > 0
LIMIT 1
